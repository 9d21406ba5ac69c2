import type { Channel } from '../../inbox/model/channel.js';
import type { Json } from '../../inbox/model/common.js';
import type { Patch } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Driver } from '../driver.js';
import { toUpdate } from './patch.js';

export const channelSpec: CollectionSpec<Channel> = { name: 'channels', indexes: [{ name: 'age', keys: { createdAt: 1, _id: 1 } }] };

/** Connected accounts. Few; read as a whole. */
export class Channels {
  private readonly rows: Collection<Channel>;

  constructor(driver: Driver) {
    this.rows = driver.collection(channelSpec);
  }

  get(id: string): Promise<Channel | undefined> {
    return this.rows.findOne({ _id: id });
  }

  all(): Promise<Channel[]> {
    return this.rows.find({}, { sort: { createdAt: 1, _id: 1 }, limit: 1_000 });
  }

  insert(channel: Channel): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(channel);
  }

  async change(id: string, patch: Patch<Channel>): Promise<Channel | undefined> {
    return (await this.rows.change({ _id: id }, toUpdate(patch)))?.after;
  }

  async setCursor(id: string, cursor: Record<string, Json>): Promise<void> {
    await this.rows.change({ _id: id }, { $set: { cursor } });
  }

  async remove(id: string): Promise<boolean> {
    return await this.rows.delete({ _id: id }, { limit: 1 }) > 0;
  }
}
