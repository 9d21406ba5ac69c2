import { assertNever } from '../errors.js';
import type { Core } from '../inbox/core.js';
import { continueByEmail } from '../inbox/mark-delivery.js';
import type { Timer } from '../inbox/model/outbox.js';
import { wakeConversation } from '../inbox/set-status.js';
import { type BotTurnDeps, takeBotTurn } from './bot-turn.js';

export interface TimerDeps {
  core: Core;
  botTurn: BotTurnDeps;
  /** The mailbox that writes for other channels: the first one that is on. */
  mailboxId: () => string | undefined;
  mayContinueByEmail: (channelId: string) => boolean;
}

/** Does what was set for later, and forgets it only then: a crash in between does it once more, which changes nothing. */
export async function runTimer(deps: TimerDeps, timer: Timer): Promise<void> {
  const { core } = deps;
  switch (timer.kind) {
    case 'wake_conversation': await wakeConversation(core, timer.ref); break;
    case 'bot_turn': await takeBotTurn(deps.botTurn, timer.ref); break;
    case 'bot_silence': await takeBotTurn(deps.botTurn, timer.ref, { silent: true }); break;
    case 'continue_by_email': await continueByEmail(core, { conversationId: timer.ref, mailboxId: deps.mailboxId(), mayContinue: deps.mayContinueByEmail }); break;
    default: assertNever(timer.kind);
  }
  await core.store.now.timers.finish(timer);
}
