import type { Conversation } from '../../inbox/model/conversation.js';
import { shelfOf } from '../../inbox/model/conversation.js';
import type { ViewCount } from '../../inbox/model/file.js';
import type { Change, ConversationGuard, ConversationStore, Patch, Visible } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Driver, Filter, Sort } from '../driver.js';
import { toUpdate } from './patch.js';
import { readEvery } from './read-every.js';

type Query = Parameters<ConversationStore['list']>[0];

export const conversationSpec: CollectionSpec<Conversation> = {
  name: 'conversations',
  hot: true,
  indexes: [
    { name: 'shelf_recent', keys: { shelf: 1, lastMessageAt: -1, _id: -1, teamId: 1 } },
    { name: 'unowned_recent', keys: { lastMessageAt: -1, _id: -1, teamId: 1 }, where: { shelf: 'active', owned: false } },
    { name: 'waiting', keys: { waitingSince: 1, _id: 1, teamId: 1 }, where: { shelf: 'active', waitingSince: { $exists: true } } },
    { name: 'assignee_recent', keys: { assigneeId: 1, shelf: 1, lastMessageAt: -1, _id: -1 }, where: { assigneeId: { $exists: true } } },
    { name: 'team_recent', keys: { teamId: 1, shelf: 1, lastMessageAt: -1, _id: -1 }, where: { teamId: { $exists: true } } },
    { name: 'customer_recent', keys: { customerId: 1, lastMessageAt: -1 } },
    { name: 'changes', keys: { changeSeq: 1 } },
    { name: 'unsettled', keys: { customerId: 1 }, where: { unsettled: true } },
    { name: 'number', keys: { 'facts.n': 1 } },
  ],
};

export const viewCountSpec: CollectionSpec<ViewCount> = { name: 'viewCounts', hot: true, indexes: [] };

/** Hardly anybody has more. */
const pageSize = 1_000;

const recent: Sort<Conversation> = { lastMessageAt: -1, _id: -1 };

/** The list rows. Every change goes through `change`, which keeps the counts beside the views. */
export class Conversations implements ConversationStore {
  private readonly rows: Collection<Conversation>;
  private readonly viewCounts: Collection<ViewCount>;

  constructor(driver: Driver) {
    this.rows = driver.collection(conversationSpec);
    this.viewCounts = driver.collection(viewCountSpec);
  }

  get(id: string): Promise<Conversation | undefined> {
    return this.rows.findOne({ _id: id });
  }

  getMany(ids: readonly string[]): Promise<Conversation[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.rows.find({ _id: { $in: ids } }, { limit: ids.length });
  }

  async insert(conversation: Conversation): Promise<'inserted' | 'duplicate'> {
    const result = await this.rows.insert(conversation);
    if (result === 'inserted') await this.count(undefined, conversation);
    return result;
  }

  async change(id: string, guard: ConversationGuard, patch: Patch<Conversation>): Promise<Change<Conversation> | undefined> {
    const changed = await this.rows.change({ _id: id, ...guardFilter(guard) }, toUpdate(derived(patch)));
    if (changed?.before === undefined) return undefined;
    await this.count(changed.before, changed.after);
    return { before: changed.before, after: changed.after };
  }

  list(query: Query): Promise<Conversation[]> {
    const filter: Filter<Conversation> = { ...viewFilter(query) };
    if (query.teamId !== undefined) filter.teamId = query.teamId;
    if (query.channelId !== undefined) filter.channelId = query.channelId;
    if (query.visible !== undefined && query.view !== 'mine') filter.$or = visibleFilter(query.visible);
    const sort: Sort<Conversation> = query.view === 'waiting' ? { waitingSince: 1, _id: 1 } : recent;
    return this.rows.find(filter, { sort, limit: query.limit, ...(query.after === undefined ? {} : { after: query.after }) });
  }

  changedAfter(changeSeq: number, limit: number): Promise<Conversation[]> {
    return this.rows.find({ changeSeq: { $gt: changeSeq } }, { sort: { changeSeq: 1 }, limit });
  }

  withChanges(changeSeqs: readonly number[]): Promise<Conversation[]> {
    return changeSeqs.length === 0 ? Promise.resolve([]) : this.rows.find({ changeSeq: { $in: changeSeqs } }, { limit: changeSeqs.length });
  }

  async newestChangeSeq(): Promise<number> {
    const [newest] = await this.rows.find({}, { sort: { changeSeq: -1 }, limit: 1 });
    return newest?.changeSeq ?? 0;
  }

  unsettled(limit: number): Promise<Conversation[]> {
    return this.rows.find({ unsettled: true }, { limit });
  }

  numbered(numbers: readonly number[]): Promise<Conversation[]> {
    return numbers.length === 0 ? Promise.resolve([]) : this.rows.find({ 'facts.n': { $in: numbers } }, { limit: numbers.length });
  }

  async newestCaseNumber(): Promise<number> {
    const [newest] = await this.rows.find({ 'facts.n': { $gte: 0 } }, { sort: { 'facts.n': -1 }, limit: 1 });
    return newest?.facts.n ?? 0;
  }

  async ofCustomers(customerIds: readonly string[], limit: number): Promise<Conversation[]> {
    const found = await Promise.all(customerIds.map((customerId) => this.rows.find({ customerId }, { sort: { lastMessageAt: -1 }, limit })));
    return found.flat().sort((a, b) => b.lastMessageAt - a.lastMessageAt).slice(0, limit);
  }

  async everyOf(customerIds: readonly string[]): Promise<Conversation[]> {
    const found = await this.ofCustomers(customerIds, pageSize);
    return found.length < pageSize ? found : readEvery(this.rows, { customerId: { $in: customerIds } }, { sort: { _id: 1 }, limit: pageSize });
  }

  ofEach<K extends keyof Conversation>(customerIds: readonly string[], query: { limit: number; fields: readonly K[] }): Promise<Pick<Conversation, K>[]> {
    return customerIds.length === 0 ? Promise.resolve([]) : this.rows.pick({ customerId: { $in: customerIds } }, query);
  }

  async waitingOf(customerIds: readonly string[]): Promise<Conversation[]> {
    const found = await this.ofCustomers(customerIds, 200);
    return found.filter((conversation) => conversation.waitingSince !== undefined);
  }

  async counts(keys: readonly string[]): Promise<Map<string, number>> {
    if (keys.length === 0) return new Map();
    const found = await this.viewCounts.find({ _id: { $in: keys } }, { limit: keys.length });
    return new Map(found.map((row) => [row._id, row.n]));
  }

  /** Makes the counts anew from the rows: after a crash on an engine without shared commits, and after a restore. */
  async recount(): Promise<void> {
    const fresh = new Map<string, number>();
    let after: string[] | undefined;
    for (;;) {
      const page: Conversation[] = await this.rows.find({}, { sort: { _id: 1 }, limit: 1_000, ...(after === undefined ? {} : { after }) });
      for (const row of page) for (const key of countKeys(row)) fresh.set(key, (fresh.get(key) ?? 0) + 1);
      const last = page.at(-1);
      if (last === undefined || page.length < 1_000) break;
      after = [last._id];
    }
    await this.viewCounts.delete({});
    for (const [key, n] of fresh) await this.viewCounts.insert({ _id: key, n });
  }

  private async count(before: Conversation | undefined, after: Conversation): Promise<void> {
    if (before !== undefined && sameShelf(before, after)) return;
    const left = new Set(before === undefined ? [] : countKeys(before));
    for (const key of countKeys(after)) {
      if (!left.delete(key)) await this.viewCounts.change({ _id: key }, { $inc: { n: 1 } }, { upsert: true });
    }
    for (const key of left) await this.viewCounts.change({ _id: key }, { $inc: { n: -1 } }, { upsert: true });
  }
}

/** The hot path's answer: most messages move a conversation to no other view. */
function sameShelf(before: Conversation, after: Conversation): boolean {
  return before.shelf === after.shelf && before.teamId === after.teamId && before.assigneeId === after.assigneeId
    && (before.waitingSince === undefined) === (after.waitingSince === undefined);
}

function countKeys(row: Conversation): string[] {
  const team = row.teamId ?? '-';
  const keys = [`${row.shelf}:${team}`];
  if (row.shelf === 'active') {
    if (!row.owned) keys.push(`unassigned:${team}`);
    if (row.waitingSince !== undefined) keys.push(`waiting:${team}`);
    if (row.assigneeId !== undefined) keys.push(`mine:${row.assigneeId}`, `mine:${row.assigneeId}:${team}`);
    if (row.assigneeId !== undefined && row.waitingSince !== undefined) keys.push(`minewaiting:${row.assigneeId}:${team}`);
  }
  if (row.shelf !== 'active' && row.assigneeId !== undefined) keys.push(`${row.shelf}of:${row.assigneeId}:${team}`);
  return keys;
}

function derived(patch: Patch<Conversation>): Patch<Conversation> {
  const set: Partial<Conversation> = { ...patch.set };
  if (set.status !== undefined) set.shelf = shelfOf(set.status);
  if (set.assigneeId !== undefined) set.owned = true;
  if (patch.unset?.includes('assigneeId') === true) set.owned = false;
  return { ...patch, set };
}

function guardFilter(guard: ConversationGuard): Filter<Conversation> {
  const filter: Filter<Conversation> = {};
  if (guard.lastSeqBelow !== undefined) filter.lastSeq = { $lt: guard.lastSeqBelow };
  if (guard.readSeqBelow !== undefined) filter.readSeq = { $lt: guard.readSeqBelow };
  if (guard.assigneeId !== undefined) filter.assigneeId = guard.assigneeId === null ? { $exists: false } : guard.assigneeId;
  if (guard.waitId !== undefined) filter.waitId = guard.waitId === null ? { $exists: false } : guard.waitId;
  if (guard.status !== undefined) filter.status = { $in: guard.status };
  return filter;
}

function viewFilter(query: Query): Filter<Conversation> {
  switch (query.view) {
    case 'mine': return { assigneeId: query.agentId, shelf: 'active' };
    case 'unassigned': return { shelf: 'active', owned: false };
    case 'waiting': return { shelf: 'active', waitingSince: { $exists: true } };
    case 'open': return { shelf: 'active' };
    case 'snoozed': case 'resolved': case 'spam': return { shelf: query.view };
  }
}

function visibleFilter(visible: Visible): Filter<Conversation>[] {
  return [{ teamId: { $exists: false } }, { assigneeId: visible.agentId }, ...(visible.teamIds.length > 0 ? [{ teamId: { $in: visible.teamIds } }] : [])];
}
