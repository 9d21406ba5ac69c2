import type { Millis } from '../../inbox/model/common.js';
import type { OutboxRow, Timer } from '../../inbox/model/outbox.js';
import type { OutboxStore, TimerStore } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Driver } from '../driver.js';

export const outboxSpec: CollectionSpec<OutboxRow> = {
  name: 'outbox',
  indexes: [
    { name: 'due', keys: { nextAt: 1 }, where: { state: 'queued' } },
    { name: 'leases', keys: { leaseUntil: 1 }, where: { state: 'sending' } },
    { name: 'conversation', keys: { conversationId: 1, seq: 1 } },
  ],
};

export const timerSpec: CollectionSpec<Timer> = { name: 'timers', indexes: [{ name: 'due', keys: { dueAt: 1 } }, { name: 'kind_due', keys: { kind: 1, dueAt: 1 } }] };

/** What is still to be delivered. The truth about sending; jobs only wake somebody up for it. */
export class Outbox implements OutboxStore {
  private readonly rows: Collection<OutboxRow>;

  constructor(driver: Driver) {
    this.rows = driver.collection(outboxSpec);
  }

  insert(row: OutboxRow): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(row);
  }

  get(id: string): Promise<OutboxRow | undefined> {
    return this.rows.findOne({ _id: id });
  }

  async take(id: string, now: Millis, leaseMs: number): Promise<OutboxRow | undefined> {
    const taken = await this.rows.change({ _id: id, state: 'queued', nextAt: { $lte: now } }, {
      $set: { state: 'sending', leaseUntil: now + leaseMs }, $inc: { attempts: 1, fence: 1 }, $min: { firstTriedAt: now },
    });
    return taken?.after;
  }

  async postpone(id: string, fence: number, nextAt: Millis): Promise<boolean> {
    const changed = await this.rows.change({ _id: id, state: 'sending', fence }, { $set: { state: 'queued', nextAt }, $unset: { leaseUntil: true } });
    return changed !== undefined;
  }

  async finish(id: string, fence: number): Promise<boolean> {
    return await this.rows.delete({ _id: id, fence }, { limit: 1 }) > 0;
  }

  due(now: Millis, limit: number): Promise<OutboxRow[]> {
    return this.rows.find({ state: 'queued', nextAt: { $lte: now } }, { sort: { nextAt: 1 }, limit });
  }

  expired(now: Millis, limit: number): Promise<OutboxRow[]> {
    return this.rows.find({ state: 'sending', leaseUntil: { $lte: now } }, { sort: { leaseUntil: 1 }, limit });
  }

  ofConversation(conversationId: string): Promise<OutboxRow[]> {
    return this.rows.find({ conversationId }, { sort: { seq: 1 }, limit: 100 });
  }

  async nextDueAt(): Promise<Millis | undefined> {
    const [next] = await this.rows.find({ state: 'queued' }, { sort: { nextAt: 1 }, limit: 1 });
    return next?.nextAt;
  }
}

/** Things to do later; they survive every restart and are done in the order they fall due. */
export class Timers implements TimerStore {
  private readonly rows: Collection<Timer>;

  constructor(driver: Driver) {
    this.rows = driver.collection(timerSpec);
  }

  async set(timer: Timer): Promise<void> {
    await this.rows.change({ _id: timer._id }, { $set: { kind: timer.kind, ref: timer.ref, dueAt: timer.dueAt } }, { upsert: true });
  }

  async clear(id: string): Promise<void> {
    await this.rows.delete({ _id: id }, { limit: 1 });
  }

  due(now: Millis, limit: number): Promise<Timer[]> {
    return this.rows.find({ dueAt: { $lte: now } }, { sort: { dueAt: 1 }, limit });
  }

  ofKind(kind: Timer['kind'], limit: number): Promise<Timer[]> {
    return this.rows.find({ kind }, { sort: { dueAt: 1 }, limit });
  }

  async finish(timer: Timer): Promise<boolean> {
    return await this.rows.delete({ _id: timer._id, dueAt: timer.dueAt }, { limit: 1 }) > 0;
  }

  async move(timer: Timer, to: { dueAt: Millis; ref?: string }): Promise<boolean> {
    return await this.rows.change({ _id: timer._id, dueAt: timer.dueAt, ref: timer.ref }, { $set: to }) !== undefined;
  }
}
