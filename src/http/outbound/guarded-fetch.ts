import type { Agent, Dispatcher } from 'undici';
import { AppError, messageOf } from '../../errors.js';
import { createAddressRules, type AddressRules } from './address-rules.js';
import { guardedConnector, refused, type Resolve } from './guarded-lookup.js';

export interface GuardedRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** For all of it, redirects included; 10,000 when absent. */
  timeoutMs?: number;
  /** Longest answer; 5 MB when absent. */
  maxBytes?: number;
  signal?: AbortSignal;
}

export interface GuardedResponse {
  status: number;
  headers: Record<string, string | undefined>;
  body: Buffer;
  /** Where it came from in the end. */
  url: string;
}

/**
 * The one client for every request that we send to an address somebody gave us. Throws `outbound_refused` for what is not
 * http(s) on the open net (or listed), `too_large`, and `connection_failed` (facts: `sent`: the request may have been
 * taken all the same) for what did not answer. A status such as 500 is an answer, not an error.
 */
export interface GuardedFetch {
  (url: string, options?: GuardedRequest): Promise<GuardedResponse>;
  /** Closes kept connections. */
  close(): Promise<void>;
}

const redirectsMax = 3;
const redirecting = new Set([301, 302, 303, 307, 308]);

/** `allow`: `OUTBOUND_ALLOW`. No proxy variables are read, no cookies kept, no compressed answers asked for. */
export function createGuardedFetch(options: { allow: readonly string[]; resolve?: Resolve }): GuardedFetch {
  const rules = createAddressRules(options.allow);
  let client: Promise<Client> | undefined;

  const guardedFetch = async (url: string, wanted: GuardedRequest = {}): Promise<GuardedResponse> => {
    const deadline = AbortSignal.timeout(wanted.timeoutMs ?? 10_000);
    const signal = wanted.signal ? AbortSignal.any([deadline, wanted.signal]) : deadline;
    let step = { url: checkedUrl(url, rules), request: wanted };
    for (let redirects = 0; ; redirects += 1) {
      const answer = await ask(await (client ??= openClient(rules, options.resolve)), step.url, { ...step.request, signal });
      const location = answer.headers['location'];
      if (!redirecting.has(answer.status) || location === undefined) return answer;
      if (redirects === redirectsMax) throw new AppError('outbound_refused', `More than ${redirectsMax} redirects.`, { facts: { host: step.url.hostname } });
      step = followed(step, answer.status, checkedUrl(location, rules, step.url));
    }
  };
  return Object.assign(guardedFetch, { close: async () => (await client)?.agent.close() });
}

interface Client {
  agent: Agent;
  request: typeof import('undici').request;
}

/** Loaded with the first request: undici is 20 MB that many an inbox never needs. */
async function openClient(rules: AddressRules, resolve: Resolve | undefined): Promise<Client> {
  const { Agent: Pool, buildConnector, request } = await import('undici');
  return { agent: new Pool({ connect: guardedConnector(buildConnector, rules, resolve), keepAliveTimeout: 4000, pipelining: 1 }), request };
}

function checkedUrl(text: string, rules: AddressRules, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new AppError('outbound_refused', 'That is not a web address.');
  const url = new URL(text, base);
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new AppError('outbound_refused', 'Only http and https addresses are asked.', { facts: { protocol: url.protocol } });
  if (url.username !== '' || url.password !== '') throw new AppError('outbound_refused', 'An address with a user name in it is not asked.', { facts: { host } });
  if (!rules.allowsPort(host, port)) throw refused(`${host}:${port}`);
  return url;
}

async function ask(client: Client, url: URL, wanted: GuardedRequest & { signal: AbortSignal }): Promise<GuardedResponse> {
  try {
    const { statusCode, headers, body } = await client.request(url, {
      dispatcher: client.agent,
      method: wanted.method ?? 'GET',
      headers: { 'user-agent': 'Rapport', 'accept-encoding': 'identity', ...wanted.headers },
      body: wanted.body ?? null,
      signal: wanted.signal,
    });
    return { status: statusCode, headers: flat(headers), body: await readUpTo(body, wanted.maxBytes ?? 5 * 1024 * 1024), url: url.href };
  } catch (error) {
    throw asOurs(error, url);
  }
}

async function readUpTo(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      body.destroy();
      throw new AppError('too_large', `The answer is larger than ${maxBytes} bytes.`, { facts: { maxBytes } });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** As browsers do it: a POST becomes a GET (but not with 307 and 308), and another origin gets no credentials. */
function followed(step: { url: URL; request: GuardedRequest }, status: number, to: URL): { url: URL; request: GuardedRequest } {
  const { body, headers = {}, method, ...rest } = step.request;
  const keepsBody = status === 307 || status === 308;
  const secret = /^(?:authorization|cookie|proxy-authorization|api-key|x-.*(?:key|token|signature).*)$/i;
  const kept = Object.entries(headers).filter(([name]) => (to.origin === step.url.origin || !secret.test(name)) && (keepsBody || !/^content-/i.test(name)));
  const request: GuardedRequest = { ...rest, headers: Object.fromEntries(kept) };
  if (keepsBody) return { url: to, request: { ...request, ...(method && { method }), ...(body !== undefined && { body }) } };
  return { url: to, request: { ...request, method: method === 'HEAD' ? 'HEAD' : 'GET' } };
}

/** Errors from before the connection stood: nothing was sent. */
const neverSent = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT']);

function asOurs(error: unknown, url: URL): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.cause instanceof AppError) return error.cause;
  const code = (error as { code?: unknown }).code;
  const sent = !(typeof code === 'string' && neverSent.has(code));
  return new AppError('connection_failed', `${url.host} did not answer: ${messageOf(error)}`, { cause: error, facts: { host: url.host, sent } });
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
}
