import type { Millis } from '../../inbox/model/common.js';
import type { LedgerRow } from '../../inbox/model/event.js';
import type { LedgerStore, Patch } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Driver, Filter } from '../driver.js';
import { toUpdate } from './patch.js';

export const ledgerSpec: CollectionSpec<LedgerRow> = {
  name: 'ledger',
  indexes: [
    { name: 'newest', keys: { receivedAt: -1, _id: -1 } },
    { name: 'unfinished', keys: { receivedAt: 1 }, where: { state: 'received' } },
    { name: 'failed', keys: { receivedAt: -1, _id: -1 }, where: { state: 'failed' } },
    { name: 'whole', keys: { receivedAt: 1 }, where: { state: 'applied', event: { $exists: true } } },
  ],
};

/** One row for every event a channel ever told us, unique on the channel's own id of it. */
export class Ledger implements LedgerStore {
  private readonly rows: Collection<LedgerRow>;

  constructor(driver: Driver) {
    this.rows = driver.collection(ledgerSpec);
  }

  insert(row: LedgerRow): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(row);
  }

  get(id: string): Promise<LedgerRow | undefined> {
    return this.rows.findOne({ _id: id });
  }

  async finish(id: string, patch: Patch<LedgerRow>): Promise<void> {
    await this.rows.change({ _id: id }, toUpdate(patch));
  }

  async countDeath(id: string): Promise<LedgerRow | undefined> {
    return (await this.rows.change({ _id: id, state: 'received' }, { $inc: { deaths: 1 } }))?.after;
  }

  unfinished(limit: number): Promise<LedgerRow[]> {
    return this.rows.find({ state: 'received' }, { sort: { receivedAt: 1 }, limit });
  }

  page(query: { channelId?: string; state?: LedgerRow['state']; limit: number; after?: readonly [number, string] }): Promise<LedgerRow[]> {
    const filter: Filter<LedgerRow> = {};
    if (query.channelId !== undefined) filter.channelId = query.channelId;
    if (query.state !== undefined) filter.state = query.state;
    return this.rows.find(filter, { sort: { receivedAt: -1, _id: -1 }, limit: query.limit, ...(query.after === undefined ? {} : { after: query.after }) });
  }

  async compact(before: Millis, limit: number): Promise<number> {
    const old = await this.rows.find({ state: 'applied', event: { $exists: true }, receivedAt: { $lt: before } }, { sort: { receivedAt: 1 }, limit });
    for (const row of old) await this.rows.change({ _id: row._id }, { $unset: { event: true } });
    return old.length;
  }
}
