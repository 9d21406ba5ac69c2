import type { Json } from '../../inbox/model/common.js';
import type { Thread } from '../../inbox/model/conversation.js';
import type { ThreadStore } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Driver } from '../driver.js';

export const threadSpec: CollectionSpec<Thread> = { name: 'threads', hot: true, indexes: [] };

/** Which conversation a thread of a channel belongs to; one row decides, so two messages at once open one conversation. */
export class Threads implements ThreadStore {
  private readonly rows: Collection<Thread>;

  constructor(driver: Driver) {
    this.rows = driver.collection(threadSpec);
  }

  find(threadId: string): Promise<Thread | undefined> {
    return this.rows.findOne({ _id: threadId });
  }

  async claim(threadId: string, conversationId: string): Promise<Thread> {
    const mine = { _id: threadId, conversationId };
    if (await this.rows.insert(mine) === 'inserted') return mine;
    return await this.rows.findOne({ _id: threadId }) ?? mine;
  }

  async setHandle(threadId: string, handle: Json): Promise<void> {
    await this.rows.change({ _id: threadId }, { $set: { handle } });
  }

  async move(threadId: string, from: string, to: string): Promise<Thread> {
    const moved = await this.rows.change({ _id: threadId, conversationId: from }, { $set: { conversationId: to } });
    return moved?.after ?? await this.rows.findOne({ _id: threadId }) ?? { _id: threadId, conversationId: to };
  }
}
