import type { Core, Work } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { Customer } from '../model/identity.js';
import type { Message } from '../model/message.js';
import type { Correction, Wait } from '../model/wait.js';
import type { Collections } from '../stores.js';
import { sameTarget } from '../targets/choose-target.js';
import { clearDue, setDue } from '../targets/due.js';
import { aimAgain, judgeBreach, recall } from './aim.js';
import { differences } from './differences.js';
import { answersNotHere, factsOf, inOrder, type Said, saidFields } from './facts.js';
import { applyFact } from './fold.js';
import { type ClockCore, clockLane } from './keep.js';
import { recordsOf, refreshPersonsClock, rootOf } from './person.js';
import { type FreshRow, freshTalk, holderKey, holderOf, type PersonClock, type Talk } from './talk.js';

const pageSize = 500;

/** One conversation with all that was said in it, oldest first. */
export interface Story {
  row: Conversation;
  messages: readonly Said[];
}

/** All waits of a person as the facts alone tell them, by conversation; nothing kept is looked at but what `aims` hands over. Pure. */
export function foldPerson(stories: readonly { row: FreshRow; messages: readonly Said[] }[], given: Pick<PersonClock, 'rules' | 'customerTags' | 'aims'>): PersonClock {
  const person: PersonClock = { ...given, talks: new Map(stories.map(({ row, messages }) => [row._id, freshTalk(row, answersNotHere(messages))])) };
  const facts = stories.length === 1 ? factsOf(stories[0]?.messages ?? []) : stories.flatMap(({ messages }) => factsOf(messages)).sort(inOrder);
  for (const fact of facts) applyFact(person, fact);
  return person;
}

/** The waits of one conversation after folding, oldest first. */
export function waitsOf(talk: Talk): Wait[] {
  return talk.open === undefined ? talk.ended : [...talk.ended, talk.open];
}

/**
 * Brings a person's waits in line with the facts when something that had been said turned out otherwise. What changes
 * of a wait leaves a correction with `why`. Call it in the lane of the conversation it is about, if there is one.
 */
export async function recomputePerson(core: ClockCore, work: Work, customerId: string, why: string): Promise<void> {
  const root = await rootOf(work, customerId);
  if (root === undefined) return;
  await core.lanes.run(clockLane(root), async () => recomputeFrom(core, work, { root, stories: await readStories(work, root), why }));
}

/** The same for who has read everything already: all conversations of this person. Call it in the person's `clockLane`. */
export async function recomputeFrom(core: ClockCore, work: Work, input: { root: Customer; stories: readonly Story[]; why: string }): Promise<void> {
  const { root, stories, why } = input;
  const kept = await keptWaits(work, stories);
  const person = foldPerson(stories, { rules: core.times(), customerTags: root.tags, aims: { kept: new Map([...kept.values()].flatMap((waits) => waits.map((wait) => [wait._id, wait] as const))) } });
  for (const { row } of stories) {
    const talk = person.talks.get(row._id);
    if (talk === undefined) continue;
    if (talk.open !== undefined) holdNow(core, person, talk, talk.open);
    await keepTalk(core, work, { talk, row, kept: kept.get(row._id) ?? [], why });
  }
  await refreshPersonsClock(work, root);
}

/** All that was said in the conversations of a person, from the store. */
export async function readStories(work: { c: Pick<Collections, 'conversations' | 'messages'> }, root: Pick<Customer, '_id' | 'joined'>): Promise<Story[]> {
  const rows = await work.c.conversations.everyOf(recordsOf(root));
  const stories: Story[] = [];
  for (const row of rows) stories.push({ row, messages: await readMessages(work, row._id, saidFields) });
  return stories;
}

/** All messages of a conversation with these fields only, oldest first. */
export async function readMessages<K extends keyof Message>(work: { c: Pick<Collections, 'messages'> }, conversationId: string, fields: readonly (K | 'seq')[]): Promise<Pick<Message, K | 'seq'>[]> {
  const all: Pick<Message, K | 'seq'>[] = [];
  for (;;) {
    const page = await work.c.messages.pageOf(conversationId, { after: all.at(-1)?.seq ?? 0, limit: pageSize, fields });
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}

/** By conversation. */
async function keptWaits(work: Work, stories: readonly Story[]): Promise<Map<string, Wait[]>> {
  const kept = new Map<string, Wait[]>();
  for (const { row } of stories) kept.set(row._id, await work.c.waits.ofConversation(row._id));
  return kept;
}

/** What is open now is held against what counts now, as it would have been when that came to count. */
function holdNow(core: Pick<ClockCore, 'clock'>, person: PersonClock, talk: Talk, wait: Wait): void {
  recall(person, wait, Infinity);
  const { target, aimed } = wait;
  if (wait.imported !== true) aimAgain(person, talk, wait, core.clock());
  if (target === undefined || aimed === undefined || !sameTarget(target, wait.target)) return;
  Object.assign(wait, { target, aimed });
}

async function keepTalk(core: ClockCore, work: Work, input: { talk: Talk; row: Conversation; kept: readonly Wait[]; why: string }): Promise<void> {
  const { talk, row, kept, why } = input;
  const gone = new Map(kept.map((wait) => [wait._id, wait]));
  for (const wait of waitsOf(talk)) {
    const before = gone.get(wait._id);
    gone.delete(wait._id);
    await keepWait(core, work, { wait, before, why });
  }
  for (const wait of gone.values()) await makeVoid(core, work, wait, why);
  await keepRow(core, work, talk, row);
}

async function keepWait(core: ClockCore, work: Work, input: { wait: Wait; before: Wait | undefined; why: string }): Promise<void> {
  const { wait, before } = input;
  if (before !== undefined) Object.assign(wait, judgedBefore(before));
  judgeBreach(wait, core.clock());
  const asKept = before !== undefined && before.void !== true && differences(before, wait).length === 0;
  if (asKept && sameTarget(before.target, wait.target)) return;
  wait.changeSeq = core.changes.next();
  if (before === undefined) {
    wait.n = core.numbers.waits.next();
    await work.c.waits.insert(wait);
  } else {
    const { _id, n: _, ...rest } = wait;
    await work.c.waits.change(_id, { set: rest, unset: goneFields(before, wait) });
  }
  if (before !== undefined && !asKept) await correct(core, work, { before, after: wait, why: input.why });
  if (wait.state === 'open') await setDue(work, wait);
  else if (before !== undefined) await clearDue(work, wait._id);
}

/** What was decided about it then, and follows from no message. */
function judgedBefore({ n, warnedAt }: Wait): Partial<Wait> {
  return { n, ...(warnedAt === undefined ? {} : { warnedAt }) };
}

function goneFields(before: Wait, after: Wait): (keyof Wait)[] {
  return (['to', 'answer', 'notNeeded', 'businessMs', 'givenAt', 'void', 'teamId', 'breachedAt', 'warnedAt', 'asksTo'] as const).filter((field) => before[field] !== undefined && after[field] === undefined);
}

async function makeVoid(core: ClockCore, work: Work, wait: Wait, why: string): Promise<void> {
  if (wait.void === true) return;
  const after = await work.c.waits.change(wait._id, { set: { void: true, state: 'abandoned', asks: [], changeSeq: core.changes.next() } });
  await clearDue(work, wait._id);
  if (after !== undefined) await correct(core, work, { before: wait, after, why });
}

async function correct(core: ClockCore, work: Work, change: { before: Wait; after: Wait; why: string }): Promise<void> {
  const { before, after, why } = change;
  const correction: Correction = {
    _id: `${after._id}:${after.changeSeq}`, waitId: after._id, conversationId: after.conversationId, from: before.from, at: core.clock(), why, before: briefly(before), after: briefly(after),
    ...(after.teamId === undefined ? {} : { teamId: after.teamId }),
  };
  await work.c.corrections.insert(correction);
}

function briefly(wait: Wait): Correction['before'] {
  const agentId = wait.answer?.agentId;
  return { from: wait.from, state: wait.state, ...(wait.to === undefined ? {} : { to: wait.to }), ...(wait.void === undefined ? {} : { void: wait.void }), ...(agentId === undefined ? {} : { agentId }) };
}

async function keepRow(core: Pick<Core, 'changes'>, work: Work, talk: Talk, row: Conversation): Promise<void> {
  const { open } = talk;
  const shown = {
    ...(open === undefined ? {} : { waitId: open._id, waitingSince: open.from, ...(open.target === undefined ? {} : { due: open.target }), ...(open.breachedAt === undefined ? {} : { breachedAt: open.breachedAt }) }),
    ...(talk.acknowledged === undefined ? {} : { acknowledged: talk.acknowledged }),
    ...(talk.answeredElsewhere === undefined ? {} : { answeredElsewhere: talk.answeredElsewhere }),
  };
  const gone = (['waitId', 'waitingSince', 'due', 'breachedAt', 'acknowledged', 'answeredElsewhere'] as const).filter((field) => row[field] !== undefined && !Object.hasOwn(shown, field));
  const { held, ...facts } = row.facts;
  const changed = await work.c.conversations.change(row._id, {}, {
    set: {
      facts: { ...facts, ...talk.facts, ...(talk.facts.held === undefined && held !== undefined ? { held } : {}) }, heldBy: holderKey(holderOf(talk)), changeSeq: core.changes.next(), ...shown,
    },
    unset: gone,
  });
  if (changed !== undefined) work.fx.conversation(changed.after);
}
