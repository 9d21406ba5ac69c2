import type { TurnContext } from 'botbuilder-core';
import { EventFactory } from 'botbuilder/lib/eventFactory.js';
import { ComponentDialog } from 'botbuilder-dialogs/lib/componentDialog.js';
import type { DialogTurnResult } from 'botbuilder-dialogs/lib/dialog.js';
import { WaterfallDialog } from 'botbuilder-dialogs/lib/waterfallDialog.js';
import type { WaterfallStepContext } from 'botbuilder-dialogs/lib/waterfallStepContext.js';
import { farewell, greeting, joined, type Course } from '../sayings.js';
import { handOverAtOnce, hear, missingThing, questionFor, readAnswer, type Answer, type Hearing, type Missing } from '../triage.js';
import { AskDialog, askDialogId, type Question } from './ask-dialog.js';
import { deskOf, type Memory, type TurnDesk } from './memory.js';
import { transcriptOf } from './turn-activity.js';

export const triageDialogId = 'triage';

/** Welcome, ask for the one thing that is missing, hand over. It knows no answers, so it always ends with a person. */
export class TriageDialog extends ComponentDialog {
  constructor() {
    super(triageDialogId);
    this.addDialog(new WaterfallDialog('steps', [welcome, ask, handOver]));
    this.addDialog(new AskDialog());
    this.initialDialogId = 'steps';
  }
}

/** To a bare "hello" it says hello and waits for what it is about. */
async function welcome(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { hearing, memory } = at(step.context);
  if (!hearing.manners.asks || !hearing.signals.greeting || handOverAtOnce(hearing) !== undefined) return step.next();
  const text = joined(greeting(hearing, memory.greeted), hearing.words.invitation);
  memory.greeted = true;
  return say(step, { text, choices: [] });
}

async function ask(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { hearing, memory, turn } = at(step.context);
  const missing = missingThing(hearing);
  if (missing === undefined || turn.silent === true || !hearing.manners.asks || handOverAtOnce(hearing) !== undefined) return step.next();
  const question = questionFor(missing, hearing);
  const text = joined(greeting(hearing, memory.greeted), question.text);
  memory.greeted = true;
  memory.asked = missing;
  return say(step, { text, choices: question.choices });
}

function say(step: WaterfallStepContext, question: Question): Promise<DialogTurnResult> {
  return step.beginDialog(askDialogId, question);
}

async function handOver(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { hearing, memory, turn } = at(step.context);
  const course = courseOf(hearing, memory);
  const text = farewell(hearing, course);
  if (text !== '') await step.context.sendActivity(text);
  const handOff = EventFactory.createHandoffInitiation(step.context, { reason: reasonFor(hearing, course), brief: turn.brief }, transcriptOf(turn));
  await step.context.sendActivity(handOff);
  memory.done = true;
  return step.endDialog();
}

function courseOf(hearing: Hearing, memory: Memory): Course {
  const { asked, greeted } = memory;
  if (asked === undefined) return { hasGreeted: greeted };
  return { hasGreeted: greeted, asked, ...(hearing.turn.silent === true ? {} : { answer: readAnswer(asked, hearing) }) };
}

const things: Readonly<Record<Missing, string>> = { address: 'e-mail address', order: 'order number' };
const answers: Readonly<Record<Answer['is'], (thing: string) => string>> = {
  value: (thing) => `the customer gave the ${thing}`,
  none: (thing) => `the customer gave no ${thing}`,
  other: (thing) => `the customer wrote something else than the ${thing}`,
};

/** Shown to the agents. */
function reasonFor(hearing: Hearing, course: Course): string {
  if (hearing.turn.silent === true) return course.asked === undefined ? 'the customer wrote only a greeting' : `the customer did not give the ${things[course.asked]}`;
  const atOnce = handOverAtOnce(hearing);
  if (atOnce !== undefined) return atOnce;
  if (course.asked === undefined || course.answer === undefined) return 'the bot cannot answer this';
  return answers[course.answer.is](things[course.asked]);
}

function at(context: TurnContext): TurnDesk & { hearing: Hearing } {
  const desk = deskOf(context);
  return { ...desk, hearing: hear(desk.turn, desk.memory.language) };
}
