import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../errors.js';
import { problemOf } from './api/problem.js';
import { readBody } from './api/read-json.js';
import type { HttpDeps, WebhookAnswer } from './deps.js';

const prefix = '/hooks/';
const bodyMax = 1024 * 1024;
const channelIdForm = /^[\w-]{1,80}$/;

/**
 * `/hooks/:channelId`, for providers. Answers by itself, before express and all that stands in front of the API: this is
 * the hot path, and a provider needs no cookies, no compression and no policy. `false`: the request is not for here.
 */
export function createHooks(deps: Pick<HttpDeps, 'receiveWebhook' | 'clock' | 'log' | 'newId'>, count: (status: number) => void) {
  async function answer(request: IncomingMessage, response: ServerResponse, url: string): Promise<void> {
    const question = url.indexOf('?');
    const channelId = url.slice(prefix.length, question === -1 ? undefined : question);
    if (!channelIdForm.test(channelId)) throw new AppError('not_found', 'There is no such channel.');
    const rawBody = await readBody(request, bodyMax);
    const answered = await deps.receiveWebhook(channelId, {
      method: request.method ?? 'GET',
      headers: headersOf(request),
      query: question === -1 ? {} : queryOf(url.slice(question + 1)),
      rawBody,
      receivedAt: deps.clock(),
    });
    send(response, answered);
    count(answered.status);
  }

  function fail(error: unknown, response: ServerResponse): void {
    const problem = problemOf(error, deps.log, deps.newId());
    count(problem.status);
    if (response.headersSent || response.destroyed) return;
    if (problem.status === 503) response.setHeader('retry-after', '5');
    send(response, { status: problem.status, body: JSON.stringify(problem.body), contentType: 'application/json; charset=utf-8' });
  }

  return function handle(request: IncomingMessage, response: ServerResponse): boolean {
    const url = request.url ?? '';
    if (!url.startsWith(prefix)) return false;
    answer(request, response, url).catch((error: unknown) => fail(error, response));
    return true;
  };
}

function send(response: ServerResponse, answer: WebhookAnswer): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-type': answer.contentType, 'content-length': Buffer.byteLength(answer.body), 'x-content-type-options': 'nosniff' });
  response.end(answer.body);
}

/** Node has joined repeated headers already, but for `set-cookie`, which no provider sends. */
function headersOf(request: IncomingMessage): Record<string, string | undefined> {
  const { 'set-cookie': _, ...headers } = request.headers;
  return headers as Record<string, string | undefined>;
}

function queryOf(text: string): Record<string, string> {
  const query: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [key, value] of new URLSearchParams(text)) query[key] ??= value;
  return query;
}
