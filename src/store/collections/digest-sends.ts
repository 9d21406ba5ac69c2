import type { Millis } from '../../inbox/model/common.js';
import type { DigestSend } from '../../inbox/model/report.js';
import type { Patch } from '../../inbox/stores.js';
import type { DigestSendStore } from '../../inbox/stores/times.js';
import type { Collection, CollectionSpec, Driver } from '../driver.js';
import { toUpdate } from './patch.js';

export const digestSendSpec: CollectionSpec<DigestSend> = {
  name: 'digestSends',
  indexes: [{ name: 'state_next', keys: { state: 1, nextAt: 1 } }, { name: 'digest_changed', keys: { digestId: 1, changedAt: 1 } }],
};

/** What became of each mail of each digest. */
export class DigestSends implements DigestSendStore {
  private readonly rows: Collection<DigestSend>;

  constructor(driver: Driver) {
    this.rows = driver.collection(digestSendSpec);
  }

  insert(send: DigestSend): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(send);
  }

  due(now: Millis, limit: number): Promise<DigestSend[]> {
    return this.rows.find({ state: 'waiting', nextAt: { $lte: now } }, { sort: { nextAt: 1 }, limit });
  }

  inState(state: DigestSend['state'], limit: number): Promise<DigestSend[]> {
    return this.rows.find({ state }, { sort: { nextAt: 1 }, limit });
  }

  newestOf(digestId: string, limit: number): Promise<DigestSend[]> {
    return this.rows.find({ digestId }, { sort: { changedAt: -1 }, limit });
  }

  async move(id: string, from: DigestSend['state'], patch: Patch<DigestSend>): Promise<boolean> {
    return await this.rows.change({ _id: id, state: from }, toUpdate(patch)) !== undefined;
  }

  async forget(before: Millis, limit: number): Promise<number> {
    const old = await this.rows.find({ state: { $in: ['sent', 'failed', 'doubtful', 'left_out'] }, nextAt: { $lt: before } }, { sort: { nextAt: 1 }, limit });
    for (const send of old) await this.rows.delete({ _id: send._id }, { limit: 1 });
    return old.length;
  }
}
