import { createHash } from 'node:crypto';

/** An id of Discord: of a message, a channel, a server or a user. Grows with time. */
export type Snowflake = string & { readonly brand: 'Snowflake' };

const pattern = /^\d{5,20}$/u;
/** Snowflakes count milliseconds from 2015-01-01; 22 bits follow. https://docs.discord.com/developers/reference#snowflakes */
const epochMs = 1_420_070_400_000;

/** The id, or `undefined` for what cannot be one. */
export function snowflake(value: unknown): Snowflake | undefined {
  return typeof value === 'string' && pattern.test(value) ? (value as Snowflake) : undefined;
}

/** When the thing was made, in ms since 1970. */
export function timeOf(id: Snowflake): number {
  return Number(BigInt(id) >> 22n) + epochMs;
}

/** The smallest id of a moment: what `after=` asks for. */
export function snowflakeAt(ms: number): Snowflake {
  return String(BigInt(Math.max(0, Math.floor(ms) - epochMs)) << 22n) as Snowflake;
}

/** Whether `a` was made after `b`. */
export function isNewer(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

/**
 * What one part of our message is called towards Discord: 25 characters are allowed, so it is a digest. The same part
 * always gets the same one.
 */
export function nonceOf(messageId: string, part: number): string {
  return createHash('sha256').update(`${messageId}\n${part}`).digest('base64url').slice(0, 25);
}

/** Where a packet stood in its session: the only name that events without an id of their own have. The same in a replay. */
export function packetId(sessionId: string, sequence: number): string {
  return `packet:${createHash('sha256').update(sessionId).digest('base64url').slice(0, 12)}:${sequence}`;
}
