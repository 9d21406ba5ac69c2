import type { Millis } from '../../inbox/model/common.js';
import type { Delivery, DeliveryState, ExternalId, Message } from '../../inbox/model/message.js';
import type { MessageStore, Patch } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Driver } from '../driver.js';
import { toUpdate } from './patch.js';

export const messageSpec: CollectionSpec<Message> = {
  name: 'messages',
  indexes: [
    { name: 'conversation_seq', keys: { conversationId: 1, seq: 1 }, unique: true },
    { name: 'customer_at', keys: { customerId: 1, at: 1, _id: 1 } },
  ],
};

export const externalIdSpec: CollectionSpec<ExternalId> = { name: 'externalIds', indexes: [] };

/** States a message may come from on its way to the key; none ever goes backwards. */
const earlier: Record<DeliveryState, readonly DeliveryState[]> = {
  queued: [],
  sending: ['queued', 'sending'],
  sent: ['queued', 'sending', 'unknown'],
  delivered: ['queued', 'sending', 'sent', 'unknown'],
  read: ['queued', 'sending', 'sent', 'delivered', 'unknown'],
  failed: ['queued', 'sending', 'sent', 'unknown'],
  unknown: ['queued', 'sending'],
};

/** Messages, unique on their name in the channel and on their place in the conversation. */
export class Messages implements MessageStore {
  private readonly rows: Collection<Message>;

  constructor(driver: Driver) {
    this.rows = driver.collection(messageSpec);
  }

  get(id: string): Promise<Message | undefined> {
    return this.rows.findOne({ _id: id });
  }

  getMany(ids: readonly string[]): Promise<Message[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.rows.find({ _id: { $in: ids } }, { limit: ids.length });
  }

  insert(message: Message): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(message);
  }

  async newestSeq(conversationId: string): Promise<number> {
    const [newest] = await this.rows.find({ conversationId }, { sort: { seq: -1 }, limit: 1 });
    return newest?.seq ?? 0;
  }

  bySeq(conversationId: string, seq: number): Promise<Message | undefined> {
    return this.rows.findOne({ conversationId, seq });
  }

  pageOf<K extends keyof Message>(conversationId: string, query: { after: number; limit: number; fields: readonly K[] }): Promise<Pick<Message, K>[]> {
    return this.rows.pick({ conversationId, seq: { $gt: query.after } }, { sort: { seq: 1 }, limit: query.limit, fields: query.fields });
  }

  ofConversations<K extends keyof Message>(conversationIds: readonly string[], query: { limit: number; fields: readonly K[] }): Promise<Pick<Message, K>[]> {
    return conversationIds.length === 0 ? Promise.resolve([]) : this.rows.pick({ conversationId: { $in: conversationIds } }, query);
  }

  async page(conversationId: string, query: { before?: number; after?: number; limit: number }): Promise<Message[]> {
    if (query.after !== undefined) return this.rows.find({ conversationId, seq: { $gt: query.after } }, { sort: { seq: 1 }, limit: query.limit });
    const older = query.before === undefined ? {} : { seq: { $lt: query.before } };
    const found = await this.rows.find({ conversationId, ...older }, { sort: { seq: -1 }, limit: query.limit });
    return found.reverse();
  }

  async timeline(customerIds: readonly string[], query: { before?: { at: Millis; id: string }; after?: { at: Millis; id: string }; limit: number }): Promise<Message[]> {
    const forward = query.after !== undefined;
    const from = query.after ?? query.before;
    const order = forward ? 1 : -1;
    const pages = await Promise.all(customerIds.map((customerId) => this.rows.find({ customerId }, {
      sort: { at: order, _id: order }, limit: query.limit, ...(from === undefined ? {} : { after: [from.at, from.id] }),
    })));
    const merged = pages.flat().sort((a, b) => order * (a.at - b.at || (a._id < b._id ? -1 : 1))).slice(0, query.limit);
    return forward ? merged : merged.reverse();
  }

  async setDelivery(id: string, delivery: Delivery): Promise<Message | undefined> {
    const changed = await this.rows.change({ _id: id, 'delivery.state': { $in: earlier[delivery.state] } }, { $set: { delivery } });
    return changed?.after;
  }

  async requeue(id: string, delivery: Delivery): Promise<Message | undefined> {
    const changed = await this.rows.change({ _id: id, 'delivery.state': { $in: ['failed', 'unknown'] } }, { $set: { delivery } });
    return changed?.after;
  }

  async change(id: string, patch: Patch<Message>): Promise<Message | undefined> {
    return (await this.rows.change({ _id: id }, toUpdate(patch)))?.after;
  }

  async notePart(id: string, externalId: string): Promise<void> {
    await this.rows.change({ _id: id, 'delivery.state': { $in: ['queued', 'sending', 'unknown'] } }, { $addToSet: { 'delivery.ids': externalId } });
  }

  undelivered(conversationId: string, upToSeq: number, states: readonly DeliveryState[]): Promise<Message[]> {
    return this.rows.find({ conversationId, seq: { $lte: upToSeq, $gt: upToSeq - 200 }, kind: 'out', 'delivery.state': { $in: states } }, { sort: { seq: 1 }, limit: 200 });
  }
}

/** Other names of our messages: what a provider called something we sent. */
export class ExternalIds {
  private readonly rows: Collection<ExternalId>;

  constructor(driver: Driver) {
    this.rows = driver.collection(externalIdSpec);
  }

  get(id: string): Promise<ExternalId | undefined> {
    return this.rows.findOne({ _id: id });
  }

  insert(row: ExternalId): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(row);
  }
}
