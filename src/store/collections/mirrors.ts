import type { Millis } from '../../inbox/model/common.js';
import type { KeptReply, Mirror, MirrorPlace, MirrorThread } from '../../inbox/model/mirror.js';
import type { MirrorReplyStore, MirrorStore, Patch } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Driver } from '../driver.js';
import { toUpdate } from './patch.js';

export const mirrorSpec: CollectionSpec<Mirror> = {
  name: 'mirrors',
  indexes: [{ name: 'thread', keys: { channelId: 1, place: 1, thread: 1 } }, { name: 'due', keys: { nextAt: 1, _id: 1 }, where: { behind: true } }],
};

export const mirrorReplySpec: CollectionSpec<KeptReply> = {
  name: 'mirrorReplies',
  indexes: [{ name: 'thread', keys: { threadId: 1, _id: 1 } }, { name: 'due', keys: { nextAt: 1, _id: 1 } }],
};

/** Conversations that are followed in a team's channel. */
export class Mirrors implements MirrorStore {
  private readonly rows: Collection<Mirror>;

  constructor(driver: Driver) {
    this.rows = driver.collection(mirrorSpec);
  }

  get(id: string): Promise<Mirror | undefined> {
    return this.rows.findOne({ _id: id });
  }

  byThread({ channelId, place, thread }: MirrorThread): Promise<Mirror | undefined> {
    return this.rows.findOne({ channelId, place, thread });
  }

  async opening({ channelId, place }: MirrorPlace): Promise<boolean> {
    return await this.rows.findOne({ channelId, place, thread: { $exists: false }, behind: true }) !== undefined;
  }

  async begin(mirror: Mirror): Promise<void> {
    await this.rows.delete({ _id: mirror._id }, { limit: 1 });
    await this.rows.insert(mirror);
  }

  async wake(id: string): Promise<void> {
    await this.rows.change({ _id: id }, { $set: { behind: true }, $inc: { wakes: 1 } });
  }

  async take(id: string, now: Millis, until: Millis): Promise<Mirror | undefined> {
    return (await this.rows.change({ _id: id, state: { $in: ['on', 'ending'] }, nextAt: { $lte: now } }, { $set: { nextAt: until }, $inc: { attempts: 1 } }))?.after;
  }

  async change(mirror: Pick<Mirror, '_id' | 'round'>, patch: Patch<Mirror>): Promise<Mirror | undefined> {
    return (await this.rows.change({ _id: mirror._id, round: mirror.round }, toUpdate(patch)))?.after;
  }

  async rest(mirror: Pick<Mirror, '_id' | 'round' | 'wakes'>): Promise<boolean> {
    return await this.rows.change({ _id: mirror._id, round: mirror.round, wakes: mirror.wakes }, { $set: { behind: false } }) !== undefined;
  }

  due(now: Millis, limit: number): Promise<Mirror[]> {
    return this.rows.find({ behind: true, nextAt: { $lte: now } }, { sort: { nextAt: 1, _id: 1 }, limit });
  }
}

/** What colleagues wrote in mirrored threads, until it stands in its conversation. */
export class MirrorReplies implements MirrorReplyStore {
  private readonly rows: Collection<KeptReply>;

  constructor(driver: Driver) {
    this.rows = driver.collection(mirrorReplySpec);
  }

  async put(row: KeptReply): Promise<void> {
    await this.rows.insert(row);
  }

  async ofThread(threadId: string): Promise<KeptReply[]> {
    const found = await this.rows.find({ threadId }, { sort: { threadId: 1, _id: 1 }, limit: 200 });
    return found.sort((a, b) => a.reply.at - b.reply.at || (a._id < b._id ? -1 : 1));
  }

  async postpone(id: string, attempts: number, nextAt: Millis): Promise<void> {
    await this.rows.change({ _id: id }, { $set: { attempts, nextAt } });
  }

  async remove(id: string): Promise<void> {
    await this.rows.delete({ _id: id }, { limit: 1 });
  }

  due(now: Millis, limit: number): Promise<KeptReply[]> {
    return this.rows.find({ nextAt: { $lte: now } }, { sort: { nextAt: 1, _id: 1 }, limit });
  }
}
