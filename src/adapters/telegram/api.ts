import type { Api, ApiClientOptions } from 'grammy';
import type { OutboundFetch } from '../contract.js';
import { AppError } from '../../errors.js';
import { asWebFetch } from '../lib/web-fetch.js';
import type { TelegramSettings } from './config.js';
import { requestMs } from './limits.js';

/** What one request may take, and what may end it early. */
export interface CallOptions {
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** grammY's client for one bot, over the guarded client. grammY is loaded with the first one. It repeats nothing by itself. */
export async function openApi(settings: TelegramSettings, send: OutboundFetch, options: CallOptions = {}): Promise<Api> {
  const { Api: Client } = await import('grammy');
  const timeoutMs = options.timeoutMs ?? requestMs;
  const guarded: OutboundFetch = (url, request) => send(url, { ...request, ...(options.signal === undefined ? {} : { signal: options.signal }) });
  const client: ApiClientOptions = {
    apiRoot: settings.apiUrl,
    // The guarded client ends the request; this only clears up behind it.
    timeoutSeconds: timeoutMs / 1_000 + 5,
    fetch: readingFetch(asWebFetch(guarded, { timeoutMs })) as unknown as NonNullable<ApiClientOptions['fetch']>,
  };
  return new Client(settings.token, client);
}

/** grammY sends uploads as a stream, and an abort signal of another make; both are put into the form that `Request` takes. */
function readingFetch(web: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const body = init?.body === undefined || init.body === null ? undefined : await bytesOf(init.body);
    const headers = Object.fromEntries(Object.entries(init?.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'connection')) as Record<string, string>;
    const answer = await web(input, { ...(init?.method === undefined ? {} : { method: init.method }), headers, ...(body === undefined ? {} : { body }) });
    const text = await answer.text();
    // A gateway's page instead of Telegram's own answer: the request may have got through.
    if (!text.startsWith('{')) throw new AppError('connection_failed', `Telegram answered ${answer.status}, and not in its own form`, { facts: { status: answer.status, sent: true } });
    return new Response(text, { status: answer.status });
  };
}

async function bytesOf(body: unknown): Promise<string | Uint8Array<ArrayBuffer>> {
  if (typeof body === 'string') return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array | string>) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
