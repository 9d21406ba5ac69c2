import { createHash } from 'node:crypto';
import type { IgnoredEvent } from '../../inbox/model/event.js';
import type { Json } from '../../inbox/model/common.js';

/** What every event of one delivery shares. */
export interface Facts {
  channelId: string;
  receivedAt: number;
  verifiedBy: 'signature' | 'token';
  /** The account that this channel is. */
  accountId: string;
  directMessages: boolean;
}

/** The part of an event that says where and when it came from. */
export function base(facts: Facts, eventId: string): { channelId: string; receivedAt: number; verifiedBy: 'signature' | 'token'; eventId: string } {
  return { channelId: facts.channelId, receivedAt: facts.receivedAt, verifiedBy: facts.verifiedBy, eventId };
}

/** Seen and not used: why, and what it was. */
export function ignored(facts: Facts, what: { eventId: string; reason: string; native: unknown }): IgnoredEvent {
  return { ...base(facts, what.eventId.slice(0, 200)), type: 'ignored', reason: what.reason, native: what.native as Json };
}

/** Names an event that has no usable id of its own by what it says. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value) ?? '').digest('base64url').slice(0, 32);
}

export function timeOf(value: unknown): { occurredAt?: number } {
  const ms = typeof value === 'string' ? (/^\d{10,16}$/.test(value) ? Number(value) : Date.parse(value)) : Number.NaN;
  return Number.isFinite(ms) ? { occurredAt: ms } : {};
}
