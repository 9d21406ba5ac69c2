import type { DeliveryOutcome } from '../contract.js';
import { retryAfterMs } from '../lib/outcomes.js';
import { asList, asNumber, asText, field } from '../lib/read-json.js';
import type { DiscourseAnswer } from './client.js';

const hourMs = 3_600_000;

/** What an answer that is no success means for the message: later, for good, or nobody knows. */
export function outcomeOfAnswer(answer: DiscourseAnswer, now: number): DeliveryOutcome {
  const reason = wordsOf(answer);
  // Its limits are those of the key and of its user: for all that we send.
  if (answer.status === 429) return { result: 'retry', reason, scope: 'account', ...waitOf(answer, now) };
  // 503: read-only mode or maintenance; nothing is written then. Other 5xx may come from a proxy in front.
  if (answer.status === 503) return { result: 'retry', reason };
  if (answer.status >= 500) return { result: 'unknown', reason };
  if (answer.status === 401 || (answer.status === 403 && isAboutKey(reason))) return { result: 'rejected', because: 'auth', channelBroken: true, reason };
  if (answer.status === 403) return { result: 'rejected', because: 'blocked', reason };
  if (answer.status === 404 || answer.status === 410) return { result: 'rejected', because: 'not_found', reason };
  if (answer.status === 413 || /limited to|too long/iu.test(reason)) return { result: 'rejected', because: 'too_long', reason };
  return { result: 'rejected', because: 'invalid', reason };
}

/** A dead key and a closed topic are both 403 `invalid_access`; the words of the first name the key (`invalid_api_credentials`). */
function isAboutKey(reason: string): boolean {
  return /\bAPI\b/iu.test(reason);
}

/** The site's own words, as short as they go. */
export function wordsOf(answer: DiscourseAnswer): string {
  const words = asList(field(answer.body, 'errors')).map(asText).filter((text) => text !== undefined).join(' ');
  const failed = asText(field(answer.body, 'error')) ?? asText(field(answer.body, 'failed'));
  return `Discourse answered ${answer.status}${words === '' && failed === undefined ? '' : `: ${(words === '' ? failed ?? '' : words).slice(0, 300)}`}`;
}

function waitOf(answer: DiscourseAnswer, now: number): { afterMs?: number } {
  const seconds = asNumber(field(answer.body, 'extras', 'wait_seconds'));
  const ms = seconds === undefined ? retryAfterMs(answer.headers['retry-after'], now) : Math.min(hourMs, Math.max(0, seconds * 1_000));
  return ms === undefined ? {} : { afterMs: ms };
}
