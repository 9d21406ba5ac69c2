import type { Millis } from '../../inbox/model/common.js';
import type { EarlyEvent, FileFetch } from '../../inbox/model/message.js';
import type { EarlyStore, FetchStore } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Driver } from '../driver.js';

export const earlySpec: CollectionSpec<EarlyEvent> = {
  name: 'early',
  indexes: [{ name: 'target', keys: { target: 1, at: 1, _id: 1 } }, { name: 'at', keys: { at: 1 } }],
};

export const fetchSpec: CollectionSpec<FileFetch> = {
  name: 'fetches',
  indexes: [{ name: 'due', keys: { nextAt: 1, _id: 1 } }],
};

/** Changes that came before the post they are about. */
export class Early implements EarlyStore {
  private readonly rows: Collection<EarlyEvent>;

  constructor(driver: Driver) {
    this.rows = driver.collection(earlySpec);
  }

  async put(row: EarlyEvent): Promise<void> {
    await this.rows.insert(row);
  }

  of(target: string): Promise<EarlyEvent[]> {
    return this.rows.find({ target }, { sort: { at: 1, _id: 1 }, limit: 100 });
  }

  async remove(id: string): Promise<void> {
    await this.rows.delete({ _id: id });
  }

  async forget(before: Millis, limit: number): Promise<number> {
    const old = await this.rows.find({ at: { $lt: before } }, { sort: { at: 1 }, limit });
    for (const row of old) await this.remove(row._id);
    return old.length;
  }
}

/** Files of messages that still lie at the provider. */
export class Fetches implements FetchStore {
  private readonly rows: Collection<FileFetch>;

  constructor(driver: Driver) {
    this.rows = driver.collection(fetchSpec);
  }

  get(id: string): Promise<FileFetch | undefined> {
    return this.rows.findOne({ _id: id });
  }

  async insert(row: FileFetch): Promise<void> {
    await this.rows.insert(row);
  }

  async postpone(id: string, attempts: number, nextAt: Millis): Promise<void> {
    await this.rows.change({ _id: id }, { $set: { attempts, nextAt } });
  }

  async remove(id: string): Promise<void> {
    await this.rows.delete({ _id: id });
  }

  due(now: Millis, limit: number): Promise<FileFetch[]> {
    return this.rows.find({ nextAt: { $lte: now } }, { sort: { nextAt: 1, _id: 1 }, limit });
  }
}
