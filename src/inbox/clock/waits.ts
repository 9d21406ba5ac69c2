import { openMsBetween } from '../hours/open-time.js';
import type { Millis } from '../model/common.js';
import type { Ask, Segment, Wait } from '../model/wait.js';
import { aim, aimAgain, judgeBreach, recall } from './aim.js';
import { asksKept } from './asks.js';
import { holderKey, holderOf, type PersonClock, type Talk } from './talk.js';

/** How a wait ends, and what else is said of it then; `known`: when that became known. */
export type WaitEnd = { to: Millis; known: Millis } & ({ state: 'answered'; answer: NonNullable<Wait['answer']> } | { state: 'answered_by_bot' | 'abandoned' } | { state: 'not_needed'; notNeeded: NonNullable<Wait['notNeeded']> });

/** An ask joins the open wait, or begins one. The same again changes nothing. */
export function addAsk(person: PersonClock, talk: Talk, { ask, known }: { ask: Ask; known: Millis }): void {
  const { open } = talk;
  if (open === undefined) {
    beginWait(person, talk, { asks: [ask], known });
    return;
  }
  if (open.asks.some((other) => other.messageId === ask.messageId) || open._id === ask.messageId || open.asks.length >= asksKept) return;
  open.asks.push(ask);
  open.asksTo = talk.seen;
  open.firstSeq = Math.min(open.firstSeq, ask.seq);
  // Others that asked may not be in hand: they make it no later.
  if (ask.at < open.from) moveBeginning(person, talk, open, known);
}

/** `_id` is the first ask's; its number is given by whoever writes it down. */
function beginWait(person: PersonClock, talk: Talk, { asks, known }: { asks: Ask[]; known: Millis }): void {
  const [first] = asks;
  if (first === undefined) return;
  const holder = holderOf(talk);
  const wait: Wait = {
    _id: first.messageId, n: 0, changeSeq: 0, conversationId: talk.conversationId, customerId: talk.customerId, channelId: talk.channelId,
    kind: talk.facts.waits === 0 ? 'first' : 'next', known: talk.facts.known, priority: talk.priority, tags: talk.tags,
    from: first.at, fromReceivedAt: first.receivedAt, firstSeq: first.seq, state: 'open', asks, segments: [{ from: first.at, ...holder }],
    ...(talk.facts.imported === true ? { imported: true } : {}), ...(talk.public ? { public: true } : {}),
    ...(talk.teamId === undefined ? {} : { teamId: talk.teamId }), ...(talk.language === undefined ? {} : { language: talk.language }),
    // Last, where taking it away again leaves the rest as quick as it was.
    asksTo: talk.seen,
  };
  setBeginning(wait);
  talk.facts.waits += 1;
  talk.open = wait;
  aim(person, talk, wait, known);
}

/** What counts of its asks is another: where that moves its beginning, its target is chosen anew. */
function moveBeginning(person: PersonClock, talk: Talk, wait: Wait, known: Millis): void {
  const before = wait.from;
  setBeginning(wait);
  if (wait.from !== before) aim(person, talk, wait, known);
}

/** From the earliest ask that is left. */
function setBeginning(wait: Wait): void {
  const [first, ...others] = wait.asks;
  if (first === undefined) return;
  const earliest = others.reduce((best, ask) => (ask.at < best.at ? ask : best), first);
  wait.from = earliest.at;
  wait.fromReceivedAt = earliest.receivedAt;
  wait.firstSeq = Math.min(...wait.asks.map((ask) => ask.seq));
  if (earliest.givenAt !== undefined) wait.givenAt = earliest.givenAt;
  else if (wait.givenAt !== undefined) delete wait.givenAt;
  wait.segments = segmentsWithin(wait.segments, wait.from, Infinity);
}

/** Who has it has changed: a new stretch begins, unless it is the same again. Its target is chosen again where team or priority changed. */
export function noteHolder(person: PersonClock, talk: Talk, at: Millis): void {
  const { open } = talk;
  if (open === undefined) return;
  if (open.priority !== talk.priority || open.teamId !== talk.teamId) noteMove(person, talk, open, at);
  const holder = holderOf(talk);
  const last = open.segments.at(-1);
  if (last !== undefined && holderKey(last) === holderKey(holder)) return;
  const from = Math.max(at, open.from);
  if (last !== undefined && last.from >= from) open.segments.pop();
  const before = open.segments.at(-1);
  if (before === undefined || holderKey(before) !== holderKey(holder)) open.segments.push({ from, ...holder });
}

function noteMove(person: PersonClock, talk: Talk, wait: Wait, at: Millis): void {
  aimAgain(person, talk, wait, at);
  wait.priority = talk.priority;
  if (talk.teamId !== undefined) wait.teamId = talk.teamId;
  else if (wait.teamId !== undefined) delete wait.teamId;
}

/** Asks are taken back: `abandoned` when none is left, else the wait runs from the earliest that is. */
export function removeAsks(person: PersonClock, talk: Talk, taken: { at: Millis; known: Millis; meant: (ask: Ask) => boolean }): void {
  const { open } = talk;
  if (open === undefined || !open.asks.some(taken.meant)) return;
  const left = open.asks.filter((ask) => !taken.meant(ask));
  if (left.length === 0) {
    endWait(person, talk, { state: 'abandoned', to: taken.at, known: taken.known });
    return;
  }
  open.asks = left;
  open.asksTo = talk.seen;
  moveBeginning(person, talk, open, taken.known);
}

/** Ends the open wait for the asks that `meant` holds for; the others begin the next one. Nothing when there are none. */
export function endWait(person: PersonClock, talk: Talk, end: WaitEnd, meant: (ask: Ask) => boolean = () => true): boolean {
  const { open } = talk;
  if (open === undefined) return false;
  const mine = open.asks.filter(meant);
  const others = open.asks.filter((ask) => !meant(ask));
  if (mine.length === 0) return false;
  open.asks = mine;
  moveBeginning(person, talk, open, end.known);
  closeWait(person, talk, open, end);
  talk.ended.push(open);
  talk.open = undefined;
  if (others.length > 0) beginWait(person, talk, { asks: others, known: end.known });
  return true;
}

function closeWait(person: PersonClock, talk: Talk, wait: Wait, end: WaitEnd): void {
  const { to: given, known, ...how } = end;
  delete wait.asksTo;
  const to = Math.max(given, wait.from);
  Object.assign(wait, how, { to, asks: [], priority: talk.priority, tags: talk.tags });
  wait.segments = segmentsWithin(wait.segments, wait.from, to);
  if (talk.language !== undefined) wait.language = talk.language;
  wait.businessMs = businessMsOf(person, wait, to);
  recall(person, wait, known);
  judgeBreach(wait, to);
}

/** Open time in it up to `until`, segment by segment by the calendar that counts there. */
export function businessMsOf(person: Pick<PersonClock, 'rules' | 'customerTags'>, wait: Pick<Wait, 'segments' | 'channelId' | 'from'>, until: Millis): number {
  return wait.segments.reduce((sum, segment, at) => {
    const to = Math.min(wait.segments[at + 1]?.from ?? until, until);
    if (to <= segment.from) return sum;
    const place = { channelId: wait.channelId, customerTags: person.customerTags, ...(segment.teamId === undefined ? {} : { teamId: segment.teamId }) };
    return sum + openMsBetween(person.rules.calendars, place, { from: segment.from, to });
  }, 0);
}

/** Cut to the wait; the stretch in which it begins is kept. */
function segmentsWithin(segments: readonly Segment[], from: Millis, to: Millis): Segment[] {
  const begun = segments.filter((segment, at) => at === 0 || segment.from < to);
  const first = begun.findLastIndex((segment) => segment.from <= from);
  return begun.slice(Math.max(0, first)).map((segment, at) => (at === 0 ? { ...segment, from } : segment));
}
