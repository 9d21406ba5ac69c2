import { AppError } from '../../errors.js';
import { retryAfterMs } from '../lib/outcomes.js';
import { asText, field } from '../lib/read-json.js';
import type { BlueskySession } from './session.js';

export interface Answer {
  status: number;
  headers: Headers;
  json: unknown;
}

export interface Ask {
  query?: readonly [string, string][];
  json?: unknown;
  bytes?: { mime: string; body: Uint8Array };
  /** Asked of the chat service, through the account's own server. */
  chat?: boolean;
}

/**
 * Calls one method of the network by its name. What comes back is not held against the lexicon, as the SDK's own methods
 * do: there one odd entry of a page loses all the others. Throws what the session and the guarded client throw.
 */
export interface BlueskyClient {
  get(method: string, ask?: Ask): Promise<Answer>;
  post(method: string, ask: Ask): Promise<Answer>;
  did(): Promise<string>;
}

export function createClient(session: BlueskySession, chatService: string): BlueskyClient {
  async function call(httpMethod: 'GET' | 'POST', method: string, ask: Ask): Promise<Answer> {
    const signedIn = await session.get();
    const query = new URLSearchParams([...(ask.query ?? [])]).toString();
    const sent = ask.bytes ?? (ask.json === undefined ? undefined : { mime: 'application/json', body: Buffer.from(JSON.stringify(ask.json)) });
    const response = await signedIn.fetchHandler(`/xrpc/${method}${query === '' ? '' : `?${query}`}`, {
      method: httpMethod,
      headers: { accept: 'application/json', ...(sent === undefined ? {} : { 'content-type': sent.mime }), ...(ask.chat === true ? { 'atproto-proxy': chatService } : {}) },
      ...(sent === undefined ? {} : { body: new Uint8Array(sent.body) }),
    });
    return { status: response.status, headers: response.headers, json: parsed(await response.text()) };
  }
  return {
    get: (method, ask = {}) => call('GET', method, ask),
    post: (method, ask) => call('POST', method, ask),
    did: async () => (await session.get()).session?.did ?? '',
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What was asked for, where only that will do: throws `not_signed_in`, `forbidden`, `not_found`, `too_many` (facts: `afterMs`) or `connection_failed`. */
export function wanted(answer: Answer, now: number): unknown {
  const { status } = answer;
  if (status === 200 && answer.json !== undefined) return answer.json;
  const reason = reasonOf(answer);
  if (status === 429) throw new AppError('too_many', reason, { facts: { afterMs: resetMs(answer, now) } });
  if (tokenFaults.has(nameOf(answer)) || status === 401) throw new AppError('not_signed_in', reason);
  if (status === 403) throw new AppError('forbidden', reason);
  if (status === 404 || nameOf(answer) === 'RecordNotFound') throw new AppError('not_found', reason);
  throw new AppError('connection_failed', reason, { facts: { status } });
}

/** The names by which the network says that a token, or the account behind it, is worth nothing any more. */
export const tokenFaults: ReadonlySet<string> = new Set(['ExpiredToken', 'InvalidToken', 'AuthMissing', 'AccountTakedown', 'AccountDeactivated', 'AccountSuspended', 'AuthenticationRequired']);

export function nameOf(answer: Answer): string {
  return asText(field(answer.json, 'error')) ?? '';
}

export function reasonOf(answer: Answer): string {
  const words = asText(field(answer.json, 'message')) ?? '';
  return `the service answered ${answer.status}${nameOf(answer) === '' ? '' : ` ${nameOf(answer).slice(0, 80)}`}${words === '' ? '' : `: ${words.slice(0, 300)}`}`;
}

/** `RateLimit-Reset` is a second on the service's clock, which its `Date` header tells. */
export function resetMs(answer: Answer, now: number): number {
  const header = answer.headers.get('ratelimit-reset');
  const reset = Number(header) * 1_000;
  if (header === null || !Number.isFinite(reset)) return retryAfterMs(answer.headers.get('retry-after') ?? undefined, now) ?? 60_000;
  const theirNow = Date.parse(answer.headers.get('date') ?? '');
  return Math.min(3_600_000, Math.max(1_000, reset - (Number.isNaN(theirNow) ? now : theirNow)));
}
