import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import { retryAfterMs } from '../lib/outcomes.js';
import { asText, field } from '../lib/read-json.js';
import type { MastodonSettings } from './config.js';

export interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  json: unknown;
}

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: readonly (readonly [string, string])[];
  json?: unknown;
  body?: { contentType: string; body: Buffer };
  idempotencyKey?: string;
}

/** One account's way to its server. Requests go to that server only, and only they carry the token. Throws what the guarded client throws. */
export type MastodonClient = (path: string, ask?: Ask) => Promise<Answer>;

export function createClient(guarded: OutboundFetch, settings: Pick<MastodonSettings, 'baseUrl' | 'accessToken'>): MastodonClient {
  return async (path, ask = {}) => {
    const query = ask.query === undefined || ask.query.length === 0 ? '' : `?${ask.query.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')}`;
    const sent = ask.body ?? (ask.json === undefined ? undefined : { contentType: 'application/json', body: JSON.stringify(ask.json) });
    const { status, headers, body } = await guarded(`${settings.baseUrl}${path}${query}`, {
      method: ask.method ?? 'GET',
      headers: {
        authorization: `Bearer ${settings.accessToken}`, accept: 'application/json',
        ...(sent === undefined ? {} : { 'content-type': sent.contentType }),
        ...(ask.idempotencyKey === undefined ? {} : { 'idempotency-key': ask.idempotencyKey }),
      },
      ...(sent === undefined ? {} : { body: sent.body }),
    });
    return { status, headers, json: parsed(body) };
  };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What was asked for, where only that will do: throws `not_signed_in`, `forbidden`, `not_found`, `too_many` (facts: `afterMs`) or `connection_failed`. */
export function wanted(answer: Answer, now: number): unknown {
  const { status } = answer;
  if (status >= 200 && status < 300 && answer.json !== undefined) return answer.json;
  const reason = reasonOf(answer);
  if (status === 401) throw new AppError('not_signed_in', reason);
  if (status === 403) throw new AppError('forbidden', reason);
  if (status === 404 || status === 410) throw new AppError('not_found', reason);
  if (status === 429) throw new AppError('too_many', reason, { facts: { afterMs: resetMs(answer.headers, now) ?? 60_000 } });
  throw new AppError('connection_failed', reason, { facts: { status } });
}

/** The server's own words, else its status. */
export function reasonOf(answer: Answer): string {
  const words = asText(field(answer.json, 'error'));
  const more = asText(field(answer.json, 'error_description'));
  return `the server answered ${answer.status}${words === undefined ? '' : `: ${words.slice(0, 300)}`}${more === undefined ? '' : ` (${more.slice(0, 300)})`}`;
}

/** `X-RateLimit-Reset` is a time on the server's clock, which its `Date` header tells; `Retry-After` where a proxy answers. */
export function resetMs(headers: Answer['headers'], now: number): number | undefined {
  const reset = Date.parse(headers['x-ratelimit-reset'] ?? '');
  if (Number.isNaN(reset)) return retryAfterMs(headers['retry-after'], now);
  const theirNow = Date.parse(headers['date'] ?? '');
  return Math.min(3_600_000, Math.max(1_000, reset - (Number.isNaN(theirNow) ? now : theirNow)));
}
