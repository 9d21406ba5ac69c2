import { ActivityHandler, type BotState, type StatePropertyAccessor, type TurnContext } from 'botbuilder-core';
import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
import type { DialogState } from 'botbuilder-dialogs/lib/dialogContext.js';
import { hear } from '../triage.js';
import { factsToNote } from './facts.js';
import { deskOf } from './memory.js';
import { TriageDialog, triageDialogId } from './triage-dialog.js';
import { factsEvent, silenceEvent } from './turn-activity.js';

/** Takes a message, or the news that none came, notes what it tells, and goes on with the dialog until it has handed over. */
export class TriageBot extends ActivityHandler {
  private readonly dialogState: StatePropertyAccessor<DialogState>;

  constructor(state: BotState) {
    super();
    this.dialogState = state.createProperty<DialogState>('dialogs');
    this.onMessage(async (context, next) => {
      await noteFacts(context);
      await this.talk(context);
      await next();
    });
    this.onEvent(async (context, next) => {
      if (context.activity.name === silenceEvent) await this.endSilence(context);
      await next();
    });
  }

  private async talk(context: TurnContext): Promise<void> {
    const { memory } = deskOf(context);
    if (memory.done) return;
    const dialog = await this.open(context);
    if (dialog.activeDialog === undefined) await dialog.beginDialog(triageDialogId);
    else await dialog.continueDialog();
  }

  /** Only a dialog that waits for an answer has something to end. */
  private async endSilence(context: TurnContext): Promise<void> {
    const dialog = await this.open(context);
    if (!deskOf(context).memory.done && dialog.activeDialog !== undefined) await dialog.continueDialog();
  }

  private async open(context: TurnContext): ReturnType<DialogSet['createContext']> {
    const dialogs = new DialogSet(this.dialogState);
    dialogs.add(new TriageDialog());
    return dialogs.createContext(context);
  }
}

async function noteFacts(context: TurnContext): Promise<void> {
  const { turn, memory } = deskOf(context);
  const facts = factsToNote(hear(turn, memory.language), memory);
  if (Object.keys(facts).length > 0) await context.sendActivity({ type: 'event', name: factsEvent, value: facts });
}
