import { opensWhen, type Answer, type Hearing, type Missing } from './triage.js';

/** What has gone before the hand-over. */
export interface Course {
  hasGreeted: boolean;
  asked?: Missing;
  answer?: Answer;
}

/** Hello and who speaks; "" where a greeting is not natural or was said. */
export function greeting(hearing: Hearing, hasGreeted: boolean): string {
  if (hasGreeted || !hearing.manners.greets) return '';
  const { words, turn } = hearing;
  return joined(words.hello, words.introduction({ botName: turn.botName, companyName: turn.companyName }));
}

/** The last thing it says: what was understood, what happens next, and when somebody answers. "" says nothing. */
export function farewell(hearing: Hearing, course: Course): string {
  return hearing.manners.speaks === 'always' ? chatFarewell(hearing, course) : mailFarewell(hearing);
}

function chatFarewell(hearing: Hearing, course: Course): string {
  const { words, signals, turn } = hearing;
  const mayHint = turn.needsAddress && course.asked !== 'address' && signals.addresses.length === 0;
  return joined(
    course.hasGreeted ? '' : words.hello,
    signals.upset ? words.sorry : '',
    noted(hearing, course),
    signals.wantsPerson ? words.handOverToPerson : words.handOver,
    whenAnswered(hearing),
    mayHint ? words.addressHint : '',
  );
}

/** Taking up the answer; about anything else that was said instead, nothing. */
function noted(hearing: Hearing, course: Course): string {
  const { words } = hearing;
  const { asked, answer } = course;
  if (asked === undefined || answer === undefined || answer.is === 'other') return '';
  if (answer.value === undefined) return asked === 'address' ? words.withoutAddress : words.withoutNumber;
  return asked === 'address' ? words.addressNoted(answer.value) : words.orderNoted(answer.value);
}

function whenAnswered(hearing: Hearing): string {
  const { words, turn } = hearing;
  if (turn.opening.openNow) return words.answersSoon;
  const when = opensWhen(hearing);
  return when === undefined ? words.answersLater : words.answersWhen(when);
}

/** By e-mail one short note, and only when it tells something: nobody is there, or they asked whether it arrived. */
function mailFarewell(hearing: Hearing): string {
  const { words, signals, turn } = hearing;
  if (signals.acknowledgement || turn.message.unreadable !== undefined) return '';
  if (turn.opening.openNow && !signals.wantsReceipt) return '';
  const wantsNumber = signals.aboutOrder && signals.orderNumbers.length === 0;
  return joined(words.hello, signals.upset ? words.sorry : '', words.received, mailWhen(hearing), wantsNumber ? words.mailOrderHint : '');
}

function mailWhen(hearing: Hearing): string {
  const { words, turn } = hearing;
  if (turn.opening.openNow) return words.mailAnswersSoon;
  const when = opensWhen(hearing);
  return when === undefined ? words.mailAnswersLater : words.mailAnswersWhen(when);
}

export function joined(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
