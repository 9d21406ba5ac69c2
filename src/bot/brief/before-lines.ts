import type { BriefLine } from '../../inbox/model/brief.js';
import { linesOf } from './fit.js';
import type { KnownPromise } from './promises.js';
import { cite, isFromUs, quoted, titleOf, unansweredIn, type BriefDesk, type BriefPart, type Story } from './story.js';

const titleLength = 44;
const mostStatements = 4;

/** The last conversations on any channel and how they ended; what we promised and did not keep comes first. */
export function beforeLines(desk: BriefDesk, promises: readonly KnownPromise[], most: number): BriefLine[] {
  const ended = desk.past.filter((story) => story.conversation.status === 'resolved');
  const told = ended.map((story) => ({ story, promise: tellingPromise(promises, story) }));
  const broken = promises.filter((promise) => isBroken(promise) && !ended.includes(promise.story));
  const statements = [
    ...broken.map((promise) => promiseParts(desk, promise, true)),
    ...told.filter((entry) => entry.promise !== undefined && isBroken(entry.promise)).map((entry) => storyParts(desk, entry.story, entry.promise)),
    ...told.filter((entry) => entry.promise === undefined || !isBroken(entry.promise)).map((entry) => storyParts(desk, entry.story, entry.promise)),
  ];
  return linesOf('before', statements.filter((statement) => statement.length > 0).slice(0, mostStatements), most);
}

function isBroken(promise: KnownPromise): boolean {
  return promise.state === 'broken';
}

function tellingPromise(promises: readonly KnownPromise[], story: Story): KnownPromise | undefined {
  const ofStory = promises.filter((promise) => promise.story.id === story.id);
  return ofStory.find(isBroken) ?? ofStory.find((promise) => promise.state === 'kept');
}

function storyParts(desk: BriefDesk, story: Story, promise: KnownPromise | undefined): BriefPart[] {
  const title = titleOf(desk, story, titleLength);
  if (title === undefined) return [];
  if (promise === undefined) return [title, outcomePart(desk, story)];
  return [title, { text: `: ${desk.texts.promised}` }, ...promiseParts(desk, promise, false)];
}

function outcomePart(desk: BriefDesk, story: Story): BriefPart {
  const open = unansweredIn(desk, story).at(-1);
  if (open === undefined) return { text: desk.texts.resolved, tone: 'ok' };
  const wasAnswered = story.messages.some(isFromUs);
  return { text: wasAnswered ? desk.texts.lastWordTheirs : desk.texts.closedUnanswered, cite: cite(open), tone: wasAnswered ? 'warn' : 'bad' };
}

/** The promise in our own words, and what became of it. */
function promiseParts(desk: BriefDesk, promise: KnownPromise, isAlone: boolean): BriefPart[] {
  const quote: BriefPart = { text: quoted(promise.quote, 70), cite: cite(promise.message) };
  const end = endOf(desk, promise);
  return isAlone ? [{ text: desk.texts.promised }, quote, end] : [quote, end];
}

function endOf(desk: BriefDesk, promise: KnownPromise): BriefPart {
  const proof = promise.proof === undefined ? {} : { cite: cite(promise.proof) };
  return promise.state === 'kept' ? { text: desk.texts.kept, ...proof, tone: 'ok' } : { text: desk.texts.notKept, ...proof, tone: 'bad' };
}
