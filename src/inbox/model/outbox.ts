import type { Millis } from './common.js';

/** One thing to deliver. `_id` = message id. Written with its message; deleted when the outcome is final. Collection `outbox`. */
export interface OutboxRow {
  _id: string;
  conversationId: string;
  channelId: string;
  seq: number;
  state: 'queued' | 'sending';
  attempts: number;
  /** From then on it holds back what comes after it in its conversation, for a minute. */
  firstTriedAt?: Millis;
  /** Not before. */
  nextAt: Millis;
  /** While `sending`: after this the outcome is unknown. */
  leaseUntil?: Millis;
  /** Fencing token: an outcome written under an older one is dropped. */
  fence: number;
  queuedAt: Millis;
  /** Set when it goes out by mail in place of the conversation's own channel. */
  address?: string;
}

/** Something to do later. `_id` says what, so that it exists once. Collection `timers`. */
export interface Timer {
  _id: string;
  kind: 'wake_conversation' | 'continue_by_email' | 'bot_turn' | 'bot_silence' | 'target' | 'final_target' | 'retarget';
  ref: string;
  dueAt: Millis;
}
