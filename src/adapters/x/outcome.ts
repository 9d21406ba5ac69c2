import type { RejectedBecause } from '../../inbox/model/message.js';
import type { DeliveryOutcome } from '../contract.js';
import { asText, field } from '../lib/read-json.js';
import type { XAnswer } from './client.js';

const dayMs = 24 * 3_600_000;
const quarterMs = 15 * 60_000;

/** What X's words mean; it has one status for many refusals. Checked in this order. */
const refusals: readonly (readonly [RegExp, RejectedBecause])[] = [
  [/too long|character limit|exceeds? the (?:maximum|limit)|must be (?:shorter|less)/iu, 'too_long'],
  [/blocked|not have permission to (?:dm|send)|cannot send messages|reply to this conversation is not allowed|not been mentioned|who can reply/iu, 'blocked'],
  [/deleted or not visible|not visible to you|could not find|no longer (?:exists|available)|not found/iu, 'not_found'],
];

/** What an answer that is no success means for the message: later, for good, or nobody knows. */
export function outcomeOfAnswer(answer: XAnswer, now: number): DeliveryOutcome {
  const reason = wordsOf(answer);
  if (answer.status === 429) return { result: 'retry', afterMs: untilReset(answer, now), reason };
  // 503: "the servers are up, but overloaded"; the request was turned away. Other 5xx say nothing about what was done.
  if (answer.status === 503) return { result: 'retry', reason };
  if (answer.status >= 500) return { result: 'unknown', reason };
  if (answer.status === 401) return { result: 'rejected', because: 'auth', channelBroken: true, reason };
  if (answer.status === 402) return { result: 'rejected', reason: `${reason} Buy credits in the developer portal, then send it again.` };
  if (answer.status === 404) return { result: 'rejected', because: 'not_found', reason };
  return { result: 'rejected', because: refusals.find(([words]) => words.test(reason))?.[1] ?? 'invalid', reason };
}

/** X's own words, as short as they go; never the whole answer. */
export function wordsOf(answer: XAnswer): string {
  const words = asText(field(answer.body, 'detail')) ?? asText(field(answer.body, 'errors', 0, 'detail')) ?? asText(field(answer.body, 'errors', 0, 'message')) ?? asText(field(answer.body, 'title'));
  return `X answered ${answer.status}${words === undefined ? '' : `: ${words.slice(0, 300)}`}`;
}

/** `x-rate-limit-reset` is a moment, in seconds; of several limits the one that is used up counts. */
export function untilReset(answer: XAnswer, now: number): number {
  const resets = ['x-user-limit-24hour', 'x-app-limit-24hour', 'x-rate-limit']
    .filter((name) => answer.headers[`${name}-remaining`] === '0' || name === 'x-rate-limit')
    .map((name) => Number(answer.headers[`${name}-reset`] ?? Number.NaN) * 1_000 - now)
    .filter((ms) => Number.isFinite(ms));
  if (resets.length === 0) return quarterMs;
  return Math.min(dayMs, Math.max(1_000, ...resets));
}
