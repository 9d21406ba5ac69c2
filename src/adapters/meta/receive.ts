import type { InboundEvent } from '../../inbox/model/event.js';
import type { Health } from '../contract.js';
import type { WebhookRequest, WebhookResult } from '../contract/abilities.js';
import { answerChallenge, isSigned } from './verify.js';

/** What a body tells. Meta retries until it gets a 200, for days: whatever is signed and is JSON is taken, and what is not understood is kept as such. */
export interface Parsed {
  events: InboundEvent[];
  health?: Health;
}

/** The webhook of all Meta products: the question at registration (GET), then signed batches (POST). No IO. */
export function receive(request: WebhookRequest, secrets: { appSecret: string; verifyToken: string }, parse: (body: unknown) => Parsed): WebhookResult {
  if (request.method === 'GET') return challenge(request, secrets.verifyToken);
  if (request.method !== 'POST') return { accepted: false, status: 405, code: 'method_not_allowed', message: 'Meta posts events here.' };
  if (!isSigned(request.rawBody, request.headers['x-hub-signature-256'], secrets.appSecret)) {
    return { accepted: false, status: 401, code: 'bad_signature', message: 'The signature is missing or wrong: is the app secret the one of this app?' };
  }
  let body: unknown;
  try {
    body = JSON.parse(request.rawBody.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { accepted: false, status: 400, code: 'malformed', message: 'The body is not JSON.' };
  }
  return { accepted: true, status: 200, ...parse(body) };
}

function challenge(request: WebhookRequest, verifyToken: string): WebhookResult {
  const body = answerChallenge(request.query, verifyToken);
  if (body === undefined) return { accepted: false, status: 403, code: 'forbidden', message: 'The verify token is not the one of this channel.' };
  return { accepted: true, events: [], status: 200, contentType: 'text/plain; charset=utf-8', body };
}
