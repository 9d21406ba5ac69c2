import { AppError, messageOf } from '../../errors.js';
import type { DeliveryOutcome } from '../contract.js';
import { outcomeOfError, retryAfterMs } from '../lib/outcomes.js';
import { asText, field } from '../lib/read-json.js';
import type { Exchange } from './cloud.js';

/** 412, 429, 502 and 504 are to be asked again (learn.microsoft.com, "Optimize your bot with rate limiting"); 503: they are not there. */
const askAgain = new Set([412, 502, 503, 504]);
/** Names that a channel gives to "they do not want to hear from this bot". */
const blockedNames = new Set(['MessageWritesBlocked', 'BotNotInConversationRoster', 'ForbiddenOperationException', 'UserBlocked', 'ConversationBlockedByUser']);

/** What a turn that did not end well means for a message. */
export function refusal(exchange: Exchange, now: number): DeliveryOutcome {
  const { status } = exchange;
  if (status === undefined) return outcomeOfFault(exchange.error);
  const name = asText(field(exchange.json, 'error', 'code')) ?? '';
  const words = asText(field(exchange.json, 'error', 'message')) ?? asText(field(exchange.json, 'message')) ?? '';
  const reason = `the channel answered ${status}${name === '' ? '' : ` ${name.slice(0, 80)}`}${words === '' ? '' : `: ${words.slice(0, 300)}`}`;
  if (status === 429) return { result: 'retry', afterMs: retryAfterMs(exchange.headers?.['retry-after'], now) ?? 2_000, reason };
  if (askAgain.has(status)) {
    const afterMs = retryAfterMs(exchange.headers?.['retry-after'], now);
    return { result: 'retry', reason, ...(afterMs === undefined ? {} : { afterMs }) };
  }
  if (status === 401) return { result: 'rejected', because: 'auth', channelBroken: true, reason };
  if (status === 403) return { result: 'rejected', because: blockedNames.has(name) || name === '' ? 'blocked' : 'invalid', reason };
  if (status === 404 || status === 410) return { result: 'rejected', because: 'not_found', reason };
  if (status === 413 || name === 'MessageSizeTooBig') return { result: 'rejected', because: 'too_long', reason };
  if (status >= 500) return { result: 'unknown', reason };
  return { result: 'rejected', because: 'invalid', reason };
}

/** An error before any answer: of the sign-in, of the guard, of the line. */
export function outcomeOfFault(error: unknown): DeliveryOutcome {
  if (error instanceof AppError && error.code === 'not_signed_in') return { result: 'rejected', because: 'auth', channelBroken: true, reason: error.message };
  if (error instanceof AppError && error.code === 'too_many') {
    const afterMs = error.facts['afterMs'];
    return { result: 'retry', scope: 'account', reason: messageOf(error), ...(typeof afterMs === 'number' ? { afterMs } : {}) };
  }
  return outcomeOfError(error);
}
