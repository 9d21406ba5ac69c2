import { AppError, messageOf } from '../../errors.js';
import type { DeliveryOutcome } from '../contract.js';

/** What a thrown error of the guarded client means for a message: refused before it left, never sent, or nobody knows. */
export function outcomeOfError(error: unknown): DeliveryOutcome {
  if (error instanceof AppError && error.code === 'outbound_refused') return { result: 'rejected', reason: error.message, because: 'invalid' };
  if (error instanceof AppError && error.code === 'connection_failed' && error.facts['sent'] === false) return { result: 'retry', reason: error.message };
  return { result: 'unknown', reason: messageOf(error) };
}

const longestMs = 3_600_000;

/** A `Retry-After` header (seconds, also broken ones, or a date) in milliseconds, at most an hour; `undefined` for none. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(longestMs, Math.max(0, Math.ceil(ms))) : undefined;
}
