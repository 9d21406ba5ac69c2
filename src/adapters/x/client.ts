import { randomBytes } from 'node:crypto';
import type { OutboundFetch } from '../contract.js';
import type { XSettings } from './config.js';
import { requestTimeoutMs } from './limits.js';
import { authorization } from './oauth.js';

export interface XDeps {
  fetch: OutboundFetch;
  clock: () => number;
}

export interface XAnswer {
  status: number;
  headers: Record<string, string | undefined>;
  /** Of a JSON answer; `undefined` for anything else. */
  body: unknown;
}

export interface XRequest {
  query?: Record<string, string>;
  json?: unknown;
  timeoutMs?: number;
}

type Method = 'GET' | 'POST' | 'DELETE';

/**
 * One request to X's API as the account itself, signed by OAuth 1.0a: its tokens do not expire, and the same keys serve
 * posts, likes, media and direct messages. Throws what the guarded client throws; every status is an answer.
 */
export async function callX(deps: XDeps, settings: XSettings, method: Method, path: string, request: XRequest = {}): Promise<XAnswer> {
  const url = new URL(`${settings.baseUrl}${path}`);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const answer = await deps.fetch(url.href, {
    method,
    headers: { ...signedHeaders(deps, settings, { method, url: url.href }), ...(request.json === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
    timeoutMs: request.timeoutMs ?? requestTimeoutMs,
  });
  return { status: answer.status, headers: answer.headers, body: jsonOf(answer.body) };
}

/** For the one other kind of request: media behind a signature. */
export function signedHeaders(deps: XDeps, settings: XSettings, request: { method: string; url: string }): Record<string, string> {
  return { authorization: authorization(request, settings, { seconds: Math.floor(deps.clock() / 1_000), nonce: randomBytes(16).toString('hex') }) };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
