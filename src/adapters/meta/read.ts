import { createHash } from 'node:crypto';
import { messageOf } from '../../errors.js';
import type { Json, Millis } from '../../inbox/model/common.js';
import type { IgnoredEvent, InboundEvent } from '../../inbox/model/event.js';
import { asObject, asText } from '../lib/read-json.js';

/** What `parse` needs besides the body. */
export interface ParseFacts {
  channelId: string;
  receivedAt: Millis;
}

/** Larger payloads are not kept beside an event that nothing is made of. */
const nativeMax = 20_000;

/** The fields that every event has. */
export function base(facts: ParseFacts, eventId: string, occurredAt?: Millis) {
  return { channelId: facts.channelId, eventId, receivedAt: facts.receivedAt, verifiedBy: 'signature' as const, ...(occurredAt === undefined ? {} : { occurredAt }) };
}

/** Something that nothing is made of: kept with its payload, and named by its content, so that a redelivery is the same one. */
export function ignored(facts: ParseFacts, native: unknown, reason: string): IgnoredEvent {
  const text = jsonOf(native);
  const name = createHash('sha256').update(text ?? `deep:${Object.keys(asObject(native) ?? {}).join()}`).digest('base64url').slice(0, 24);
  return { ...base(facts, `ignored:${name}`), type: 'ignored', reason: reason.slice(0, 300), ...(text === undefined || text.length > nativeMax ? {} : { native: JSON.parse(text) as Json }) };
}

/** Reads one event of a batch: whatever goes wrong with it, it becomes `ignored`, and the others are not touched. */
export function safely(facts: ParseFacts, native: unknown, read: () => InboundEvent[]): InboundEvent[] {
  try {
    return read();
  } catch (error) {
    return [ignored(facts, native, `could not be read: ${messageOf(error)}`)];
  }
}

/** `undefined` for what is nested too deeply to be written. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A message id: printable, of bearable length. */
export function asMessageId(value: unknown): string | undefined {
  const id = asText(value);
  return id !== undefined && id.length <= 500 && /^[!-~]+$/u.test(id) ? id : undefined;
}

/** The id of a person, an account or an app; numbers are taken too. No colon: the parts of an identity's id are divided by them. */
export function asAccountId(value: unknown): string | undefined {
  const id = typeof value === 'number' ? String(value) : asText(value);
  return id !== undefined && /^[\w.-]{1,160}$/u.test(id) ? id : undefined;
}

/** Milliseconds, from a number or figures; `undefined` for what is no plausible time. */
export function asMillis(value: unknown): Millis | undefined {
  const number = typeof value === 'number' ? value : /^\d{1,16}$/u.test(asText(value) ?? '') ? Number(value) : NaN;
  return Number.isSafeInteger(number) && number > 0 && number < 1e14 ? number : undefined;
}

/** As `asMillis`, from seconds. */
export function asSeconds(value: unknown): Millis | undefined {
  const seconds = asMillis(value);
  return seconds === undefined || seconds > 1e11 ? undefined : seconds * 1_000;
}
