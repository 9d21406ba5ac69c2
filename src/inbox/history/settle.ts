import { saidFields } from '../clock/facts.js';
import { clockLane } from '../clock/keep.js';
import { recordsOf, rootOf } from '../clock/person.js';
import { readMessages, recomputeFrom, type Story } from '../clock/recompute.js';
import { Effects, type Work } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { Customer } from '../model/identity.js';
import type { Patch } from '../stores.js';
import { placedFields, putInOrder } from './put-in-order.js';
import type { HistoryCore } from './write-batch.js';

/**
 * Brings what was imported into its final state, person by person: messages in the order of their time, rows, waits. The
 * conversations that are still to be done say so themselves, so that it goes on where it was whatever happens. `together`:
 * conversations of one commit, more or less; others must not be kept waiting for long.
 */
export async function settleHistory(core: HistoryCore, options: { together: number; onSettled?: (conversations: number) => void }): Promise<void> {
  for (;;) {
    const rows = await core.store.now.conversations.unsettled(options.together);
    if (rows.length === 0) return;
    const settled = await core.store.work((c) => settleSome(core, { c }, rows));
    core.crashAt('import-people-settled');
    options.onSettled?.(settled);
  }
}

async function settleSome(core: HistoryCore, collections: Pick<Work, 'c'>, rows: readonly Conversation[]): Promise<number> {
  const done = new Set<string>();
  for (const row of rows) {
    if (done.has(row._id)) continue;
    // What follows of it is told to nobody: what is collected here is not released.
    for (const id of await settlePerson(core, { ...collections, fx: new Effects() }, row)) done.add(id);
    core.crashAt('import-person-settled');
  }
  return done.size;
}

async function settlePerson(core: HistoryCore, work: Work, first: Conversation): Promise<string[]> {
  const root = await rootOf(work, first.customerId);
  if (root === undefined) {
    await work.c.conversations.change(first._id, {}, { unset: ['unsettled'] });
    return [first._id];
  }
  return core.lanes.run(clockLane(root), async () => {
    const patches = new Map<string, Patch<Conversation>>();
    const stories: Story[] = [];
    for (const row of await work.c.conversations.everyOf(recordsOf(root))) {
      if (row.unsettled !== true) {
        stories.push({ row, messages: await readMessages(work, row._id, saidFields) });
        continue;
      }
      const ordered = await putInOrder(work, { row, messages: await readMessages(work, row._id, placedFields) });
      patches.set(row._id, ordered.patch);
      stories.push(ordered);
    }
    core.crashAt('import-messages-ordered');
    await noteSeen(work, root, stories);
    await recomputeFrom(core, work, { root, stories: whoWasKnown(stories), why: 'past messages were imported' });
    // Should it not be among theirs, it is done with as it is, rather than never.
    if (!patches.has(first._id)) patches.set(first._id, {});
    for (const [id, patch] of patches) await finishRow(core, work, id, patch);
    return [...patches.keys()];
  });
}

/** The wait is a fact; that it stands on nobody's list is what "imported" means. */
async function finishRow(core: HistoryCore, work: Pick<Work, 'c'>, id: string, patch: Patch<Conversation>): Promise<void> {
  const { facts: _, ...set } = patch.set ?? {};
  await work.c.conversations.change(id, {}, { set: { ...set, changeSeq: core.changes.next() }, unset: [...patch.unset ?? [], 'unsettled', 'waitingSince', 'due', 'breachedAt'] });
}

/** Of imported conversations: whether the customer had written before. Of the others that was said when they began. */
function whoWasKnown(stories: readonly Story[]): Story[] {
  const first = Math.min(...stories.map(({ row }) => row.facts.firstAt));
  return stories.map((story) => (story.row.facts.imported === true ? { ...story, row: { ...story.row, facts: { ...story.row.facts, known: story.row.facts.firstAt > first } } } : story));
}

async function noteSeen(work: Pick<Work, 'c'>, root: Customer, stories: readonly Story[]): Promise<void> {
  const firstSeenAt = Math.min(root.firstSeenAt, ...stories.map(({ row }) => row.facts.firstAt));
  const lastSeenAt = Math.max(root.lastSeenAt, ...stories.map(({ messages }) => messages.at(-1)?.at ?? 0));
  if (firstSeenAt !== root.firstSeenAt || lastSeenAt !== root.lastSeenAt) await work.c.customers.change(root._id, { set: { firstSeenAt, lastSeenAt } });
}
