import type { Core, Work } from '../core.js';
import { clearDue, setDue } from '../targets/due.js';
import type { Conversation } from '../model/conversation.js';
import type { Customer } from '../model/identity.js';
import type { Message } from '../model/message.js';
import type { Wait } from '../model/wait.js';
import type { Patch } from '../stores.js';
import { aimsNow, judgeBreach } from './aim.js';
import { withAllAsks } from './asks.js';
import { answeredFact, type Fact, factsWhenPlaced } from './facts.js';
import { applyFact, noteAsk } from './fold.js';
import { recordsOf, refreshPersonsClock, rootOf } from './person.js';
import { copyOf, holderKey, holderOf, type PersonClock, type Talk, talkOfRow } from './talk.js';

export type ClockCore = Pick<Core, 'changes' | 'numbers' | 'times' | 'lanes' | 'clock'>;

/** How far back the bot's last word is looked for when a customer says that it helped. */
const wordsLookedAt = 40;

/**
 * What a message means to the customer's clock when it takes its place: writes waits, and returns what the row has to
 * take over. `row` is the conversation as it stands before it. Call it in the conversation's lane and write the row within
 * `task`; nobody else changes this person's clock meanwhile.
 */
export async function withClock<R>(core: ClockCore, work: Work, placed: { row: Conversation; message: Message; root?: Customer }, task: (patch: Patch<Conversation>) => Promise<R>): Promise<R> {
  const facts = factsWhenPlaced(placed.message).filter((fact) => fact.type !== 'bot_said');
  if (facts.length === 0) return task({});
  const root = placed.root ?? await rootOf(work, placed.row.customerId);
  if (root === undefined) return task({});
  return core.lanes.run(clockLane(root), async () => {
    if (isOneMoreAsk(placed.row, root, facts)) return task(rowAfterAsk(placed.row));
    // Another lane may have ended the wait here since the row was read.
    const row = placed.row.waitId === undefined || isAlone(root) ? placed.row : await work.c.conversations.get(placed.row._id) ?? placed.row;
    const person = await loadPerson(core, work, { root, row: { ...row, ...spoken(row, placed.message), status: placed.row.status, priority: placed.row.priority }, facts });
    if (facts.some((fact) => fact.type === 'word' && fact.means === 'helped')) await findBotsWord(work, person, placed.message);
    return task(await foldAndKeep(core, work, { person, root, row, facts }));
  });
}

/** One more message of somebody who waits already, with nobody else in between: their wait stays as it is, and need not be looked at. */
function isOneMoreAsk(row: Conversation, root: Customer, facts: readonly Fact[]): boolean {
  const [fact, ...others] = facts;
  return fact?.type === 'asks' && others.length === 0 && row.waitId !== undefined && row.waitingSince !== undefined && fact.ask.at >= row.waitingSince
    && row.status === 'open' && isAlone(root) && row.heldBy === holderKey(holderOf({ ...row, botDone: row.botDone === true }));
}

function rowAfterAsk(row: Conversation): Patch<Conversation> {
  const noted = { facts: { ...row.facts } };
  noteAsk(noted);
  return { set: noted, unset: (['acknowledged', 'answeredElsewhere'] as const).filter((field) => row[field] !== undefined) };
}

/** This conversation is their only one: nothing elsewhere can have ended its wait. */
function isAlone(root: Customer): boolean {
  return root.conversationCount <= 1 && root.joined.length === 0;
}

/** The language of a conversation is that of its first word, which is just being put into it. */
function spoken(row: Conversation, message: Message): Pick<Conversation, 'language'> {
  const language = row.language ?? (message.kind === 'in' ? message.language : undefined);
  return language === undefined ? {} : { language };
}

/**
 * An answer of ours is with the customer: it ends their waits in every conversation of theirs. The second time it
 * changes nothing. Returns the row as it is then. Call it in the conversation's lane.
 */
export async function answerReached(core: ClockCore, work: Work, conversation: Conversation, message: Message): Promise<Conversation> {
  const root = await rootOf(work, conversation.customerId);
  const now = await work.c.messages.get(message._id) ?? message;
  if (root === undefined || now.reachedAt !== undefined) return conversation;
  const reachedAt = core.clock();
  return core.lanes.run(clockLane(root), async () => {
    const row = await work.c.conversations.get(conversation._id) ?? conversation;
    const facts = [answeredFact({ ...now, reachedAt })];
    const patch = await foldAndKeep(core, work, { person: await loadPerson(core, work, { root, row, facts }), root, row, facts });
    const changed = await work.c.conversations.change(row._id, {}, { ...patch, set: { ...patch.set, changeSeq: core.changes.next() } });
    await work.c.messages.change(message._id, { set: { reachedAt } });
    return changed?.after ?? row;
  });
}

/** A customer took a message back. Returns the row as it is then. */
export async function askDeleted(core: ClockCore, work: Work, conversation: Conversation, deleted: { message: Message; at: number }): Promise<Conversation> {
  const root = await rootOf(work, conversation.customerId);
  if (root === undefined || conversation.waitId === undefined) return conversation;
  const { message, at } = deleted;
  return core.lanes.run(clockLane(root), async () => {
    const row = await work.c.conversations.get(conversation._id) ?? conversation;
    const facts: Fact[] = [{ conversationId: row._id, seq: message.seq, knownAt: at, type: 'deleted', at, messageId: message._id }];
    const patch = await foldAndKeep(core, work, { person: await loadPerson(core, work, { root, row, facts }), root, row, facts });
    const changed = await work.c.conversations.change(row._id, {}, { ...patch, set: { ...patch.set, changeSeq: core.changes.next() } });
    return changed?.after ?? row;
  });
}

/** Everything that changes one person's clock goes through it. It is taken within a conversation's lane, never the other way round. */
export function clockLane(root: Customer): string {
  return `clock:${root._id}`;
}

async function loadPerson(core: ClockCore, work: Work, input: { root: Customer; row: Conversation; facts: readonly Fact[] }): Promise<PersonClock> {
  const { root, row, facts } = input;
  const talks = new Map<string, Talk>();
  const asksCount = !facts.every(leavesAsks);
  const openWait = async (wait: Wait, of: Conversation): Promise<Wait> => (asksCount ? withAllAsks(work, wait, of) : wait);
  if (facts.some((fact) => fact.type === 'answered')) {
    const waits = await work.c.waits.openOf(recordsOf(root));
    const rows = await work.c.conversations.getMany(waits.map((wait) => wait.conversationId).filter((id) => id !== row._id));
    for (const wait of waits) {
      const other = rows.find((candidate) => candidate._id === wait.conversationId);
      if (other !== undefined && other.waitId === wait._id) talks.set(other._id, talkOfRow(other, await openWait(wait, other)));
    }
  }
  const wait = row.waitId === undefined ? undefined : await work.c.waits.get(row.waitId);
  talks.set(row._id, talkOfRow(row, wait?.state === 'open' ? await openWait(wait, row) : undefined));
  return { talks, customerTags: root.tags, rules: core.times(), aims: aimsNow };
}

/** Whatever else it does, none of the asks there are is answered or taken back by it. */
function leavesAsks(fact: Fact): boolean {
  return fact.type === 'asks' || fact.type === 'written' || (fact.type === 'held' && fact.change.status !== 'spam');
}

async function findBotsWord(work: Work, person: PersonClock, message: Message): Promise<void> {
  const talk = person.talks.get(message.conversationId);
  const before = await work.c.messages.page(message.conversationId, { before: message.seq, limit: wordsLookedAt });
  const lastOut = before.findLast((candidate) => candidate.kind === 'out');
  if (talk !== undefined && lastOut?.author.type === 'bot') talk.botSaidAt = lastOut.at;
}

async function foldAndKeep(core: ClockCore, work: Work, input: { person: PersonClock; root: Customer; row: Conversation; facts: readonly Fact[] }): Promise<Patch<Conversation>> {
  const { person, root, row, facts } = input;
  const before = new Map([...person.talks.values()].flatMap((talk) => (talk.open === undefined ? [] : [[talk.open._id, copyOf(talk.open)] as const])));
  for (const fact of facts) applyFact(person, fact);
  let moved: Moved = 'no';
  for (const talk of person.talks.values()) {
    const changed = await keepWaits(core, work, talk, before);
    if (changed !== 'no') moved = moved === 'ended' ? moved : changed;
    if (talk.conversationId === row._id || changed === 'no') continue;
    const patch = rowAfter(talk, root);
    const other = await work.c.conversations.change(talk.conversationId, {}, { ...patch, set: { ...patch.set, changeSeq: core.changes.next() } });
    if (other !== undefined) work.fx.conversation(other.after);
  }
  const talk = person.talks.get(row._id);
  const since = await personWaitsSince(work, { root, moved, begun: talk?.open });
  return talk === undefined ? {} : rowAfter(talk, since === undefined ? {} : { waitingSince: since }, row);
}

/** Whether any wait began (or moved its beginning back), or ended (or moved it forward). */
type Moved = 'no' | 'began' | 'ended';

/** A wait that begins can only make it earlier, which needs no look at the others. */
async function personWaitsSince(work: Work, what: { root: Customer; moved: Moved; begun: Wait | undefined }): Promise<number | undefined> {
  const { root, moved, begun } = what;
  if (moved === 'no') return root.waitingSince;
  if (moved === 'ended' || begun === undefined || begun.imported === true) {
    await refreshPersonsClock(work, root);
    return (await work.c.customers.get(root._id))?.waitingSince;
  }
  if (root.waitingSince !== undefined && root.waitingSince <= begun.from) return root.waitingSince;
  await work.c.customers.change(root._id, { set: { waitingSince: begun.from } });
  return begun.from;
}

/** Writes what became of the waits of one conversation. */
async function keepWaits(core: ClockCore, work: Work, talk: Talk, before: ReadonlyMap<string, Wait>): Promise<Moved> {
  let moved: Moved = 'no';
  for (const wait of talk.ended) {
    wait.changeSeq = core.changes.next();
    const { _id, n: _, ...rest } = wait;
    if (before.has(_id)) await work.c.waits.change(_id, { set: rest, unset: absentOf(wait) }, { state: 'open' });
    else await work.c.waits.insert({ ...wait, n: core.numbers.waits.next() });
    await clearDue(work, _id);
    moved = 'ended';
  }
  const { open } = talk;
  if (open === undefined) return moved;
  const known = before.get(open._id);
  if (known !== undefined && sameWait(talk, known, open)) return moved;
  await keepOpen(core, work, { wait: open, known });
  if (moved === 'ended' || (known !== undefined && known.from < open.from)) return 'ended';
  return known === undefined || known.from !== open.from ? 'began' : 'no';
}

async function keepOpen(core: ClockCore, work: Work, { wait, known }: { wait: Wait; known: Wait | undefined }): Promise<void> {
  wait.changeSeq = core.changes.next();
  if (known === undefined || known.from !== wait.from) judgeBreach(wait, core.clock());
  if (known === undefined) {
    wait.n = core.numbers.waits.next();
    await work.c.waits.insert(wait);
  } else {
    const { _id, n: _, asks, asksTo, ...rest } = wait;
    await work.c.waits.change(_id, { set: asksAreLeft(known, wait) ? rest : { ...rest, asks, ...(asksTo === undefined ? {} : { asksTo }) }, unset: absentOf(wait) }, { state: 'open' });
  }
  if (known?.target?.dueAt !== wait.target?.dueAt || known?.target?.warnAt !== wait.target?.warnAt) await setDue(work, wait);
}

/** None that asked before is gone; what joined them stands in the conversation. */
function asksAreLeft(known: Wait, wait: Wait): boolean {
  return known.asks.every((ask, at) => wait.asks[at]?.messageId === ask.messageId);
}

function absentOf(wait: Wait): (keyof Wait)[] {
  return (['givenAt', 'breachedAt', 'warnedAt', 'teamId', 'target', 'asksTo'] as const).filter((field) => wait[field] === undefined);
}

/** To its conversation it is what it was: one more message of somebody who waits already changes nothing of their wait. */
function sameWait(talk: Talk, a: Wait, b: Wait): boolean {
  const [before, after] = [a.segments.at(-1), b.segments.at(-1)];
  return asksAreLeft(a, b) && a.from === b.from && a.priority === talk.priority
    && a.segments.length === b.segments.length && before?.from === after?.from && before !== undefined && after !== undefined && holderKey(before) === holderKey(after);
}

/** What the row shows of its clock. */
function rowAfter(talk: Talk, root: Pick<Customer, 'waitingSince'>, before?: Conversation): Patch<Conversation> {
  const { open } = talk;
  const unset: (keyof Conversation)[] = [];
  if (open === undefined) unset.push('waitId', 'waitingSince', 'due', 'breachedAt');
  else if (open.target === undefined) unset.push('due');
  if (open !== undefined && open.breachedAt === undefined) unset.push('breachedAt');
  if (talk.acknowledged === undefined) unset.push('acknowledged');
  if (talk.answeredElsewhere === undefined) unset.push('answeredElsewhere');
  const held = holderKey(holderOf(talk));
  return {
    set: {
      facts: talk.facts,
      ...(held === before?.heldBy ? {} : { heldBy: held }),
      ...(open === undefined ? {} : { waitId: open._id, waitingSince: Math.min(open.from, root.waitingSince ?? open.from), ...(open.target === undefined ? {} : { due: open.target }) }),
      ...(talk.acknowledged === undefined ? {} : { acknowledged: talk.acknowledged }),
      ...(talk.answeredElsewhere === undefined ? {} : { answeredElsewhere: talk.answeredElsewhere }),
    },
    unset: before === undefined ? unset : unset.filter((field) => before[field] !== undefined),
  };
}
