import type { Wait } from '../../inbox/model/conversation.js';
import type { WaitStore } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Driver } from '../driver.js';

export const waitSpec: CollectionSpec<Wait> = {
  name: 'waits',
  indexes: [
    { name: 'customer_open', keys: { customerId: 1 }, where: { state: 'open' } },
    { name: 'conversation', keys: { conversationId: 1, from: 1 } },
  ],
};

/** Every period a customer waited, kept as a fact. An ended one is never changed again. */
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

  async end(id: string, patch: Pick<Wait, 'state' | 'to'> & { answer?: Wait['answer'] }): Promise<Wait | undefined> {
    const ended = await this.rows.change({ _id: id, state: 'open' }, {
      $set: { state: patch.state, ...(patch.to === undefined ? {} : { to: patch.to }), ...(patch.answer === undefined ? {} : { answer: patch.answer }) },
    });
    return ended?.after;
  }

  openOf(customerIds: readonly string[]): Promise<Wait[]> {
    return this.rows.find({ customerId: { $in: customerIds }, state: 'open' }, { limit: 200 });
  }

  ofConversation(conversationId: string): Promise<Wait[]> {
    return this.rows.find({ conversationId }, { sort: { from: 1 }, limit: 500 });
  }
}
