import type { OutboundFetch } from '../contract.js';
import type { DiscourseSettings } from './config.js';
import { requestTimeoutMs } from './limits.js';

export interface DiscourseDeps {
  fetch: OutboundFetch;
  clock: () => number;
}

export interface DiscourseAnswer {
  status: number;
  headers: Record<string, string | undefined>;
  /** Of a JSON answer; `undefined` for anything else. */
  body: unknown;
}

export interface DiscourseRequest {
  json?: unknown;
  /** A body that is no JSON, with its type. */
  raw?: { body: Uint8Array; type: string };
  timeoutMs?: number;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One request to the site as the user of the settings. Throws what the guarded client throws; every status is an answer. */
export async function callDiscourse(deps: DiscourseDeps, settings: DiscourseSettings, method: Method, path: string, request: DiscourseRequest = {}): Promise<DiscourseAnswer> {
  const type = request.raw?.type ?? (request.json === undefined ? undefined : 'application/json');
  const body = request.raw?.body ?? (request.json === undefined ? undefined : JSON.stringify(request.json));
  const answer = await deps.fetch(`${settings.baseUrl}${path}`, {
    method,
    headers: { ...credentials(settings), accept: 'application/json', ...(type === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body }),
    timeoutMs: request.timeoutMs ?? requestTimeoutMs,
  });
  return { status: answer.status, headers: answer.headers, body: jsonOf(answer.body) };
}

export function credentials(settings: DiscourseSettings): Record<string, string> {
  return { 'api-key': settings.apiKey, 'api-username': settings.apiUsername };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
