import type { Storage, StoreItems } from 'botbuilder-core';
import { AppError } from '../../errors.js';
import type { Millis } from '../../inbox/model/common.js';
import type { BotStateStore } from '../bot-state-store.js';

/**
 * botbuilder's storage over our port, for one turn. botbuilder's state always writes with the tag `*` ("whoever comes last
 * wins"), so this remembers what was read and writes only over that. Throws `conflict` when another turn was faster.
 */
export class TurnStorage implements Storage {
  private readonly store: BotStateStore;
  private readonly now: Millis;
  private readonly tags = new Map<string, string>();

  constructor(store: BotStateStore, now: Millis) {
    this.store = store;
    this.now = now;
  }

  async read(keys: string[]): Promise<StoreItems> {
    const items: StoreItems = {};
    for (const row of await this.store.read(keys)) {
      this.tags.set(row._id, row.eTag);
      const item: unknown = JSON.parse(row.json);
      items[row._id] = item;
    }
    return items;
  }

  async write(changes: StoreItems): Promise<void> {
    for (const [key, item] of Object.entries(changes)) await this.writeOne(key, item);
  }

  async delete(keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.store.remove(key);
      this.tags.delete(key);
    }
  }

  private async writeOne(key: string, item: unknown): Promise<void> {
    const expected = this.tags.get(key);
    const eTag = String(Number(expected ?? 0) + 1);
    const json = JSON.stringify(item, (name, value: unknown) => (name === 'eTag' ? undefined : value));
    const isWritten = await this.store.write({ _id: key, eTag, json, updatedAt: this.now }, expected);
    if (!isWritten) throw new AppError('conflict', 'another turn of this conversation was faster', { facts: { key } });
    this.tags.set(key, eTag);
  }
}
