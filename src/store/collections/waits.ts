import type { Correction, Wait } from '../../inbox/model/wait.js';
import type { Patch } from '../../inbox/stores.js';
import type { CorrectionStore, WaitStore } from '../../inbox/stores/times.js';
import type { Collection, CollectionSpec, Driver } from '../driver.js';
import { toUpdate } from './patch.js';

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
    const found = await this.rows.find({ customerId: { $in: customerIds }, state: 'open' }, { limit: 200 });
    return found.filter((wait) => wait.void !== true);
  }

  openAfter(n: number, limit: number): Promise<Wait[]> {
    return this.rows.find({ state: 'open', n: { $gt: n } }, { sort: { n: 1 }, limit });
  }

  ofConversation(conversationId: string): Promise<Wait[]> {
    return this.rows.find({ conversationId }, { sort: { from: 1 }, limit: 2_000 });
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
