import { AppError } from '../../errors.js';
import { InputHints, MessageFactory } from 'botbuilder-core';
import { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import type { DialogContext } from 'botbuilder-dialogs/lib/dialogContext.js';
import type { DialogTurnResult } from 'botbuilder-dialogs/lib/dialog.js';

export interface Question {
  text: string;
  choices: string[];
}

export const askDialogId = 'ask';

/**
 * Says something and waits for the next message, whatever it is. botbuilder's own prompts would ask again until the answer
 * fits; this never asks twice. (They also load number and date recognisers of some 40 MB.)
 */
export class AskDialog extends Dialog {
  constructor() {
    super(askDialogId);
  }

  override async beginDialog(dialog: DialogContext, question?: object): Promise<DialogTurnResult> {
    if (!isQuestion(question)) throw new AppError('bug', 'nothing to ask was given');
    const { text, choices } = question;
    await dialog.context.sendActivity(choices.length === 0 ? MessageFactory.text(text, undefined, InputHints.ExpectingInput) : MessageFactory.suggestedActions(choices, text, undefined, InputHints.ExpectingInput));
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dialog: DialogContext): Promise<DialogTurnResult> {
    return dialog.endDialog(dialog.context.activity.text);
  }
}

function isQuestion(options: object | undefined): options is Question {
  return options !== undefined && 'text' in options && 'choices' in options;
}
