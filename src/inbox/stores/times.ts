import type { Millis } from '../model/common.js';
import type { DigestSend } from '../model/report.js';
import type { Correction, Wait } from '../model/wait.js';
import type { Patch } from '../stores.js';

export interface WaitStore {
  get(id: string): Promise<Wait | undefined>;
  insert(wait: Wait): Promise<'inserted' | 'duplicate'>;
  /** Only while it is in this state. Call it in the conversation's lane, with a new `changeSeq`. */
  change(id: string, patch: Patch<Wait>, guard?: { state?: Wait['state'] }): Promise<Wait | undefined>;
  /** However many; no void ones. */
  openOf(customerIds: readonly string[]): Promise<Wait[]>;
  /** Of everybody, numbered above `n`, by number; void ones too. */
  openAfter(n: number, limit: number): Promise<Wait[]>;
  /** Void ones too, oldest first. */
  ofConversation(conversationId: string): Promise<Wait[]>;
  /** The same of many with these fields only, in no order. */
  ofConversations<K extends keyof Wait>(conversationIds: readonly string[], query: { limit: number; fields: readonly K[] }): Promise<Pick<Wait, K>[]>;
  /** In no order. */
  numbered(numbers: readonly number[]): Promise<Wait[]>;
  changedAfter(changeSeq: number, limit: number): Promise<Wait[]>;
  /** Those whose newest change has one of these numbers, in no order. */
  withChanges(changeSeqs: readonly number[]): Promise<Wait[]>;
  newest(): Promise<{ n: number; changeSeq: number }>;
}

export interface CorrectionStore {
  insert(correction: Correction): Promise<'inserted' | 'duplicate'>;
  /** Of waits that began in this time. */
  ofPeriod(from: Millis, to: Millis, limit: number): Promise<Correction[]>;
  ofWait(waitId: string): Promise<Correction[]>;
  /** In no order. */
  ofWaits(waitIds: readonly string[], limit: number): Promise<Correction[]>;
}

/** A small collection that is read as a whole. */
export interface SmallStore<T> {
  get(id: string): Promise<T | undefined>;
  all(): Promise<T[]>;
  insert(doc: T): Promise<'inserted' | 'duplicate'>;
  change(id: string, patch: Patch<T>): Promise<T | undefined>;
  remove(id: string): Promise<boolean>;
}

export interface DigestSendStore {
  insert(send: DigestSend): Promise<'inserted' | 'duplicate'>;
  due(now: Millis, limit: number): Promise<DigestSend[]>;
  inState(state: DigestSend['state'], limit: number): Promise<DigestSend[]>;
  /** Newest change first. */
  newestOf(digestId: string, limit: number): Promise<DigestSend[]>;
  /** `false` when it was no longer in that state. */
  move(id: string, from: DigestSend['state'], patch: Patch<DigestSend>): Promise<boolean>;
  /** Ended ones that were due before that. */
  forget(before: Millis, limit: number): Promise<number>;
}
