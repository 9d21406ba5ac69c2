import type { DeliveryOutcome } from '../contract.js';
import { asText, field } from '../lib/read-json.js';
import { type Answer, reasonOf, resetMs } from './client.js';
import { attemptsUnderKey } from './limits.js';

/** What a status other than 200 means for a message. */
export function refusal(answer: Answer, now: number, attempt = 1): DeliveryOutcome {
  const reason = reasonOf(answer);
  const words = asText(field(answer.json, 'error')) ?? '';
  switch (answer.status) {
    case 401: return { result: 'rejected', because: 'auth', channelBroken: true, reason };
    case 403: return /scope|disabled|suspended/iu.test(words) ? { result: 'rejected', because: 'auth', channelBroken: true, reason } : { result: 'rejected', because: 'blocked', reason };
    case 404: case 410: return { result: 'rejected', because: 'not_found', reason };
    case 413: return { result: 'rejected', because: 'too_long', reason };
    case 422: return { result: 'rejected', because: /limit|too long/iu.test(words) ? 'too_long' : 'invalid', reason };
    case 429: return { result: 'retry', scope: 'account', afterMs: resetMs(answer.headers, now) ?? 60_000, reason };
    default:
      if (answer.status >= 500) return attempt <= attemptsUnderKey ? { result: 'retry', reason } : { result: 'unknown', reason };
      if (answer.status === 200) return { result: 'unknown', reason: 'the server took the post and gave no id' };
      return { result: 'rejected', because: 'invalid', reason };
  }
}
