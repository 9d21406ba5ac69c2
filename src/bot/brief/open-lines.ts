import type { BriefLine } from '../../inbox/model/brief.js';
import type { Wait } from '../../inbox/model/wait.js';
import { linesOf } from './fit.js';
import type { KnownPromise } from './promises.js';
import { cite, quoted, titleOf, unansweredIn, type BriefDesk, type BriefPart, type Story } from './story.js';
import { questionsLeft } from './wants-line.js';

const titleLength = 40;

/** What is still open beside the present question: promises of ours, other conversations that wait, further questions. */
export function openLines(desk: BriefDesk, promises: readonly KnownPromise[], most: number): BriefLine[] {
  const others = desk.past.filter((story) => story.conversation.status !== 'resolved');
  const statements = [
    ...promises.filter((promise) => promise.state === 'overdue').map((promise) => promiseParts(desk, promise)),
    ...promises.filter((promise) => promise.state === 'asked_again').map((promise) => promiseParts(desk, promise)),
    ...promises.filter((promise) => promise.state === 'pending').slice(0, 2).map((promise) => promiseParts(desk, promise)),
    ...others.map((story) => conversationParts(desk, story)),
    ...unseenWaits(desk, others).map((wait) => waitParts(desk, wait)),
    furtherQuestions(desk),
  ];
  return linesOf('open', statements, most);
}

function promiseParts(desk: BriefDesk, promise: KnownPromise): BriefPart[] {
  const { texts } = desk;
  const parts: BriefPart[] = [{ text: texts.promised }, { text: quoted(promise.quote, 70), cite: cite(promise.message) }];
  if (promise.dueAt === undefined) return [...parts, { text: texts.noWordSince }];
  return promise.state === 'overdue' ? [...parts, { text: texts.wasDue(desk.day(promise.dueAt)), tone: 'bad' }] : [...parts, { text: texts.due(desk.day(promise.dueAt)), tone: 'warn' }];
}

function conversationParts(desk: BriefDesk, story: Story): BriefPart[] {
  const title = titleOf(desk, story, titleLength);
  if (title === undefined) return [];
  const waits = unansweredIn(desk, story)[0];
  if (waits !== undefined) return [title, { text: `: ${desk.texts.waitsSince(desk.day(waits.at))}`, cite: cite(waits), tone: 'warn' }];
  return [title, { text: story.conversation.status === 'snoozed' ? desk.texts.snoozed : desk.texts.stillOpen }];
}

/** Waits in conversations of which nothing else was given. */
function unseenWaits(desk: BriefDesk, others: readonly Story[]): Wait[] {
  return desk.input.openWaits.filter((wait) => wait.conversationId !== desk.current.id && wait.state === 'open' && !others.some((story) => story.id === wait.conversationId));
}

function waitParts(desk: BriefDesk, wait: Wait): BriefPart[] {
  return [{ text: desk.texts.waitsSince(desk.day(wait.from)), cite: { messageId: wait._id, conversationId: wait.conversationId, seq: wait.firstSeq }, tone: 'warn' }];
}

function furtherQuestions(desk: BriefDesk): BriefPart[] {
  const left = questionsLeft(desk);
  const [first] = left;
  return first === undefined ? [] : [{ text: desk.texts.moreQuestions(left.length), cite: cite(first.message) }];
}
