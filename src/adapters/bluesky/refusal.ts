import type { DeliveryOutcome } from '../contract.js';
import { AppError } from '../../errors.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { type Answer, nameOf, reasonOf, resetMs, tokenFaults } from './client.js';

/** What an answer other than 200 means for a message. */
export function refusal(answer: Answer, now: number): DeliveryOutcome {
  const reason = reasonOf(answer);
  const name = nameOf(answer);
  if (answer.status === 429) return { result: 'retry', scope: 'account', afterMs: resetMs(answer, now), reason };
  // The token is good, but was made without direct messages: posts go on.
  if (/bad token (?:scope|method)/iu.test(reason)) return { result: 'rejected', because: 'auth', reason: `${reason}. Does the app password allow direct messages?` };
  if (answer.status === 401 || tokenFaults.has(name)) return { result: 'rejected', because: 'auth', channelBroken: true, reason };
  if (answer.status >= 500) return { result: 'retry', reason };
  if (answer.status === 413 || /BlobTooLarge|must not be longer|too (?:long|big|large)/iu.test(reason)) return { result: 'rejected', because: 'too_long', reason };
  // In words only: the chat service says "recipient has disabled incoming messages", "block between recipient and sender".
  if (/block between|blocked|disabled incoming|requires incoming messages|MessagesDisabled|NotFollowedBySender/iu.test(reason)) return { result: 'rejected', because: 'blocked', reason };
  if (answer.status === 404 || /not ?found|InvalidConvo/iu.test(reason)) return { result: 'rejected', because: 'not_found', reason };
  return { result: 'rejected', because: 'invalid', reason };
}

/** What an error means where doing it again ends the same. */
export function outcomeOfRepeatable(error: unknown): DeliveryOutcome {
  if (error instanceof AppError && error.code === 'not_signed_in') return { result: 'rejected', because: 'auth', channelBroken: true, reason: error.message };
  if (error instanceof AppError && error.code === 'too_many') {
    const afterMs = error.facts['afterMs'];
    return { result: 'retry', scope: 'account', reason: error.message, ...(typeof afterMs === 'number' ? { afterMs } : {}) };
  }
  const outcome = outcomeOfError(error);
  return outcome.result === 'unknown' ? { result: 'retry', reason: outcome.reason } : outcome;
}
