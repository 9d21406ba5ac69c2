import type { Correction, Wait } from '../../inbox/model/wait.js';
import type { Patch } from '../../inbox/stores.js';
import type { CorrectionStore, WaitStore } from '../../inbox/stores/times.js';
import type { Collection, CollectionSpec, Driver, Filter } from '../driver.js';
import { toUpdate } from './patch.js';
import { readEvery } from './read-every.js';

export const waitSpec: CollectionSpec<Wait> = {
  name: 'waits',
  hot: true,
  indexes: [
    { name: 'customer_open', keys: { customerId: 1 }, where: { state: 'open' } },
    { name: 'open_number', keys: { n: 1 }, where: { state: 'open' } },
    { name: 'conversation', keys: { conversationId: 1, from: 1 } },
    { name: 'number', keys: { n: 1 } },
    { name: 'changes', keys: { changeSeq: 1 } },
  ],
};

export const correctionSpec: CollectionSpec<Correction> = {
  name: 'corrections',
  indexes: [{ name: 'period', keys: { from: 1, _id: 1 } }, { name: 'wait', keys: { waitId: 1, at: 1 } }],
};

/** Hardly anybody has more that are open, and hardly a conversation more at all. */
const [openAtOnce, atOnce] = [200, 1_000];

/** Every period a customer waited, kept as a fact. */
export class Waits implements WaitStore {
  private readonly rows: Collection<Wait>;

  constructor(driver: Driver) {
    this.rows = driver.collection(waitSpec);
  }

  get(id: string): Promise<Wait | undefined> {
    return this.rows.findOne({ _id: id });
  }

  insert(wait: Wait): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(wait);
  }

  async change(id: string, patch: Patch<Wait>, guard: { state?: Wait['state'] } = {}): Promise<Wait | undefined> {
    return (await this.rows.change({ _id: id, ...guard }, toUpdate(patch)))?.after;
  }

  async openOf(customerIds: readonly string[]): Promise<Wait[]> {
    const filter: Filter<Wait> = { customerId: { $in: customerIds }, state: 'open' };
    const some = await this.rows.find(filter, { limit: openAtOnce });
    const found = some.length < openAtOnce ? some : await readEvery(this.rows, filter, { sort: { _id: 1 }, limit: atOnce });
    return found.filter((wait) => wait.void !== true);
  }

  openAfter(n: number, limit: number): Promise<Wait[]> {
    return this.rows.find({ state: 'open', n: { $gt: n } }, { sort: { n: 1 }, limit });
  }

  async ofConversation(conversationId: string): Promise<Wait[]> {
    const some = await this.rows.find({ conversationId }, { sort: { from: 1 }, limit: atOnce });
    if (some.length < atOnce) return some;
    return (await readEvery(this.rows, { conversationId }, { sort: { _id: 1 }, limit: atOnce })).sort((a, b) => a.from - b.from);
  }

  ofConversations<K extends keyof Wait>(conversationIds: readonly string[], query: { limit: number; fields: readonly K[] }): Promise<Pick<Wait, K>[]> {
    return conversationIds.length === 0 ? Promise.resolve([]) : this.rows.pick({ conversationId: { $in: conversationIds } }, query);
  }

  numbered(numbers: readonly number[]): Promise<Wait[]> {
    return numbers.length === 0 ? Promise.resolve([]) : this.rows.find({ n: { $in: numbers } }, { limit: numbers.length });
  }

  changedAfter(changeSeq: number, limit: number): Promise<Wait[]> {
    return this.rows.find({ changeSeq: { $gt: changeSeq } }, { sort: { changeSeq: 1 }, limit });
  }

  withChanges(changeSeqs: readonly number[]): Promise<Wait[]> {
    return changeSeqs.length === 0 ? Promise.resolve([]) : this.rows.find({ changeSeq: { $in: changeSeqs } }, { limit: 2 * changeSeqs.length });
  }

  async newest(): Promise<{ n: number; changeSeq: number }> {
    const [byNumber] = await this.rows.find({}, { sort: { n: -1 }, limit: 1 });
    const [byChange] = await this.rows.find({}, { sort: { changeSeq: -1 }, limit: 1 });
    return { n: byNumber?.n ?? 0, changeSeq: byChange?.changeSeq ?? 0 };
  }
}

/** What turned out otherwise; written once. */
export class Corrections implements CorrectionStore {
  private readonly rows: Collection<Correction>;

  constructor(driver: Driver) {
    this.rows = driver.collection(correctionSpec);
  }

  insert(correction: Correction): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(correction);
  }

  ofPeriod(from: number, to: number, limit: number): Promise<Correction[]> {
    return this.rows.find({ from: { $gte: from, $lt: to } }, { sort: { from: 1, _id: 1 }, limit });
  }

  ofWait(waitId: string): Promise<Correction[]> {
    return this.rows.find({ waitId }, { sort: { at: 1 }, limit: 100 });
  }

  ofWaits(waitIds: readonly string[], limit: number): Promise<Correction[]> {
    return waitIds.length === 0 ? Promise.resolve([]) : this.rows.find({ waitId: { $in: waitIds } }, { limit });
  }
}
