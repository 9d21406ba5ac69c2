import type { BriefLine } from '../../inbox/model/brief.js';
import type { Message } from '../../inbox/model/message.js';
import type { ReadSentence } from '../signals/asks.js';
import { findOrderNumbers } from '../signals/order-number.js';
import { lineOf, lineLength } from './fit.js';
import { cite, isFromCustomer, isFromUs, quoted, unansweredIn, type BriefDesk, type BriefPart } from './story.js';

interface Candidate {
  message: Message;
  sentence: ReadSentence;
  score: number;
}

const scores: Readonly<Record<ReadSentence['kind'], number>> = { question: 4, request: 4, complaint: 3, statement: 1, courtesy: -4 };
const messagesRead = 6;
const quoteLength = 105;

/** What they want now: the one or two sentences that say it, word by word, of the newest messages nobody has answered. */
export function wantsLine(desk: BriefDesk): BriefLine | undefined {
  const open = unansweredIn(desk, desk.current).slice(-messagesRead);
  if (open.length > 0) return lineOf('wants', statementsOf(desk, open));
  const hasAnswer = desk.current.messages.some(isFromUs);
  return hasAnswer ? answeredLine(desk) : lineOf('wants', statementsOf(desk, desk.current.messages.filter(isFromCustomer).slice(-1)));
}

/** Sentences that ask something and are not in the line. */
export function questionsLeft(desk: BriefDesk): Candidate[] {
  const open = unansweredIn(desk, desk.current).slice(-messagesRead);
  const chosen = chooseSentences(candidatesIn(desk, open));
  return candidatesIn(desk, open).filter((candidate) => candidate.sentence.kind === 'question' && !chosen.some((other) => isSame(other, candidate)));
}

function isSame(a: Candidate, b: Candidate): boolean {
  return a.message._id === b.message._id && a.sentence.start === b.sentence.start;
}

function statementsOf(desk: BriefDesk, open: readonly Message[]): BriefPart[][] {
  const chosen = chooseSentences(candidatesIn(desk, open));
  const quotes = chosen.map(({ message, sentence }): BriefPart => ({ text: quoted(sentence.text, quoteLength), cite: cite(message) }));
  return [quotes, ...extrasOf(desk, open, chosen)];
}

function candidatesIn(desk: BriefDesk, messages: readonly Message[]): Candidate[] {
  return messages.flatMap((message, index) =>
    desk.read.sentences(message).map((sentence, place) => ({ message, sentence, score: scoreOf(sentence, { index, place }) })),
  );
}

/** What asks goes before what tells; the concrete before the vague, the newer before the older. */
function scoreOf(sentence: ReadSentence, at: { index: number; place: number }): number {
  const concrete = sentence.isConcrete ? 1 : 0;
  const tooShort = sentence.words < 3 ? -1.5 : 0;
  return scores[sentence.kind] + concrete + tooShort + at.index * 0.3 + Math.min(at.place, 5) * 0.05;
}

function chooseSentences(candidates: readonly Candidate[]): Candidate[] {
  const ranked = [...candidates].sort((a, b) => b.score - a.score);
  const [best] = ranked;
  if (best === undefined) return [];
  const room = lineLength - 8 - Math.min(best.sentence.text.length, quoteLength);
  const second = ranked.find((candidate) => candidate !== best && candidate.score >= 3 && candidate.sentence.text.length <= room);
  return second === undefined ? [best] : [best, second].sort((a, b) => a.message.seq - b.message.seq || a.sentence.start - b.sentence.start);
}

/** Order numbers and files that the quotes do not show. */
function extrasOf(desk: BriefDesk, open: readonly Message[], chosen: readonly Candidate[]): BriefPart[][] {
  const shown = chosen.map((candidate) => candidate.sentence.text).join(' ');
  return open.toReversed().flatMap((message): BriefPart[][] => {
    const numbers = findOrderNumbers(message.text).filter((number) => !shown.includes(number)).slice(0, 3);
    const files = (message.attachments ?? []).filter((file) => file.inline !== true).length;
    return [
      numbers.length === 0 ? [] : [{ text: desk.texts.order(numbers), cite: cite(message) }],
      files === 0 ? [] : [{ text: desk.texts.attachments(files), cite: cite(message) }],
      message.unreadable === undefined ? [] : [{ text: desk.texts.unreadable, cite: cite(message), tone: 'warn' }],
    ];
  });
}

/** Nobody waits: what they asked last, and that it was answered. */
function answeredLine(desk: BriefDesk): BriefLine | undefined {
  const answer = desk.current.messages.findLast(isFromUs);
  const asked = answer === undefined ? [] : askedBefore(desk, answer);
  const [best] = [...candidatesIn(desk, asked)].sort((a, b) => b.score - a.score);
  if (answer === undefined || best === undefined || best.score < 0) return undefined;
  return lineOf('wants', [[{ text: quoted(best.sentence.text, quoteLength), cite: cite(best.message) }, { text: desk.texts.answered, cite: cite(answer), tone: 'ok' }]]);
}

function askedBefore(desk: BriefDesk, answer: Message): Message[] {
  const before = desk.current.messages.filter((message) => message.seq < answer.seq && isFromCustomer(message)).slice(-6);
  return before.filter((message) => !desk.read.asksNothing(message)).slice(-3);
}
