import { recordsOf, rootOf } from '../clock/person.js';
import { recomputePerson } from '../clock/recompute.js';
import { Effects, laneOf, type Work } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { Customer } from '../model/identity.js';
import { putInOrder } from './put-in-order.js';
import type { HistoryCore } from './write-batch.js';

const pageSize = 100;
const mostConversations = 5_000;

/**
 * Brings what was imported into its final state, person by person: messages in the order of their time, rows, waits. The
 * conversations that are still to be done say so themselves, so that it goes on where it was whatever happens.
 */
export async function settleHistory(core: HistoryCore, onSettled: (conversations: number) => void = () => undefined): Promise<void> {
  for (;;) {
    const rows = await core.store.now.conversations.unsettled(pageSize);
    if (rows.length === 0) return;
    const done = new Set<string>();
    for (const row of rows) {
      if (done.has(row._id)) continue;
      const settled = await settlePerson(core, row);
      for (const id of settled) done.add(id);
      onSettled(settled.length);
      core.crashAt('import-person-settled');
    }
  }
}

async function settlePerson(core: HistoryCore, first: Conversation): Promise<string[]> {
  const c = core.store.now;
  const root = await rootOf({ c }, first.customerId);
  const all = root === undefined ? [first] : await c.conversations.ofCustomers(recordsOf(root), mostConversations);
  const open = all.filter((row) => row.unsettled === true && row._id !== first._id).concat(first);
  for (const row of open) await core.lanes.run(laneOf(row), () => core.store.work((work) => settleRow(core, { c: work }, row._id)));
  core.crashAt('import-rows-ordered');
  await core.lanes.run(laneOf(first), () => core.store.work(async (collections) => {
    // What follows of it is told to nobody.
    const work: Work = { c: collections, fx: new Effects() };
    if (root !== undefined) await notePerson(core, work, root);
    await recomputePerson(core, work, first.customerId, 'past messages were imported');
    // The wait is a fact; that it shows on nobody's list is what "imported" means.
    for (const row of open) await work.c.conversations.change(row._id, {}, { set: { changeSeq: core.changes.next() }, unset: ['unsettled', 'waitingSince', 'due', 'breachedAt'] });
  }));
  return open.map((row) => row._id);
}

async function settleRow(core: HistoryCore, work: Pick<Work, 'c'>, conversationId: string): Promise<void> {
  const row = await work.c.conversations.get(conversationId);
  if (row === undefined) return;
  const patch = await putInOrder(work, row);
  await work.c.conversations.change(conversationId, {}, { ...patch, set: { ...patch.set, changeSeq: core.changes.next() } });
}

/** Since when the customer is known, and which of their imported conversations was not the first. */
async function notePerson(core: HistoryCore, work: Pick<Work, 'c'>, root: Customer): Promise<void> {
  const rows = (await work.c.conversations.ofCustomers(recordsOf(root), mostConversations)).sort((a, b) => a.facts.firstAt - b.facts.firstAt);
  const [first] = rows;
  if (first === undefined) return;
  for (const row of rows) {
    const known = row.facts.firstAt > first.facts.firstAt;
    if (row.facts.imported !== true || row.facts.known === known) continue;
    await work.c.conversations.change(row._id, {}, { set: { facts: { ...row.facts, known }, changeSeq: core.changes.next() } });
  }
  const lastAt = Math.max(...rows.map((row) => row.lastMessageAt));
  const seen = { firstSeenAt: Math.min(root.firstSeenAt, first.facts.firstAt), lastSeenAt: Math.max(root.lastSeenAt, lastAt) };
  if (seen.firstSeenAt !== root.firstSeenAt || seen.lastSeenAt !== root.lastSeenAt) await work.c.customers.change(root._id, { set: seen });
}
