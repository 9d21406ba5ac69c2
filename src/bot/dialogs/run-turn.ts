import { ConversationState, type TurnContext } from 'botbuilder-core';
import type { BotAction, BotTurn } from '../../inbox/ports.js';
import type { BotStateStore } from '../bot-state-store.js';
import { CollectingAdapter } from './collecting-adapter.js';
import { doneBefore, freshMemory, putDesk, remember, type Memory } from './memory.js';
import { TriageBot } from './triage-bot.js';
import { actionsOf, activityOf } from './turn-activity.js';
import { TurnStorage } from './turn-storage.js';

/**
 * One turn through botbuilder: state read, activity handled, state written, and only then the actions given back, so that
 * a turn that is run again after a crash gives the same. Throws `conflict` when another turn of the conversation was faster.
 */
export async function runTurn(store: BotStateStore, turn: BotTurn): Promise<BotAction[]> {
  const state = new StateOfConversation(new TurnStorage(store, turn.now));
  const memories = state.createProperty<Memory>('memory');
  const adapter = new CollectingAdapter();
  let actions: BotAction[] = [];
  await adapter.take(activityOf(turn), async (context) => {
    const memory = await memories.get(context, freshMemory());
    const earlier = doneBefore(memory, turn);
    if (earlier !== undefined) {
      actions = earlier;
      return;
    }
    putDesk(context, { turn, memory });
    await new TriageBot(state).run(context);
    actions = actionsOf(adapter.sent, turn);
    remember(memory, turn, actions);
    await state.saveChanges(context);
  });
  return actions;
}

/** Kept under the conversation's id alone, so that it is found again when a person's data is erased. */
class StateOfConversation extends ConversationState {
  override getStorageKey(context: TurnContext): string | undefined {
    return context.activity.conversation.id;
  }
}
