import type { Json } from '../../inbox/model/common.js';
import type { IgnoredEvent } from '../../inbox/model/event.js';
import { asNumber, asObject, asText } from '../lib/read-json.js';
import type { Place } from './ids.js';

/** What reading an update needs to know besides the update. */
export interface ParseFacts {
  channelId: string;
  receivedAt: number;
  verifiedBy: 'token' | 'connection';
  /** Our own bot's user id. */
  botId: number;
  /** User ids and names (lower case, without @) of people who answer for us. */
  colleagues: ReadonlySet<string>;
}

export type Native = Readonly<Record<string, unknown>>;

/** What all events of one update share. */
export interface Base {
  channelId: string;
  eventId: string;
  receivedAt: number;
  verifiedBy: 'token' | 'connection';
  occurredAt?: number;
}

export function baseOf(facts: ParseFacts, eventId: string, seconds?: number): Base {
  return { channelId: facts.channelId, eventId, receivedAt: facts.receivedAt, verifiedBy: facts.verifiedBy, ...(seconds === undefined || seconds <= 0 ? {} : { occurredAt: seconds * 1_000 }) };
}

export function ignored(base: Base, reason: string, native?: unknown): IgnoredEvent {
  return { ...base, type: 'ignored', reason, ...(native === undefined ? {} : { native: native as Json }) };
}

/** Where a message stands; `undefined` when chat or number are missing. */
export function placeOf(message: Native): { place: Place; id: number } | undefined {
  const chat = asNumber(asObject(message['chat'])?.['id']);
  const id = asNumber(message['message_id']);
  if (chat === undefined || id === undefined) return undefined;
  const connection = asText(message['business_connection_id']);
  const topic = topicOf(message);
  return { place: { chat, ...(connection === undefined || connection === '' ? {} : { connection }), ...(topic === undefined ? {} : { topic }) }, id };
}

/** A thread number alone is only a chain of answers; `is_topic_message` makes it a topic. */
function topicOf(message: Native): Place['topic'] {
  const direct = asNumber(asObject(message['direct_messages_topic'])?.['topic_id']);
  if (direct !== undefined) return { kind: 'd', id: direct };
  const thread = asNumber(message['message_thread_id']);
  return message['is_topic_message'] === true && thread !== undefined ? { kind: 't', id: thread } : undefined;
}
