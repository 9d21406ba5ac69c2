import { createWebhookAdapter } from '../../../src/adapters/webhook/index.js';
import { parse } from '../../../src/adapters/webhook/parse.js';
import { startOwnApp } from '../../support/fakes/own-app.js';
import type { AdapterUnderTest } from '../fake-platform.js';

export const webhookUnderTest: AdapterUnderTest = {
  kind: 'webhook',
  create: (deps) => createWebhookAdapter(deps),
  start: startOwnApp,
  errors: {
    rate_limited: { result: 'retry', retryAfterMs: 1_000 },
    server_error: { result: 'retry' },
    window_closed: 'one may always write',
    blocked: 'it has no word for it',
    token_revoked: { result: 'rejected', channelBroken: true },
    not_found: { result: 'rejected' },
    too_long: 'it sets no limit of its own',
    // The message's id goes along: sending it again shows it once.
    lost_answer: { result: 'sent' },
  },
  samples: [
    { type: 'message', id: 'm-1', conversation: 'c-1', from: { id: 'jonas', name: 'Jonas Feld', email: 'jonas@posteo.example', phone: '+497615550142', language: 'de' }, text: 'Die Bremse quietscht', subject: 'Bremse', sentAt: '2026-10-05T09:00:00Z' },
    { type: 'message', id: 'm-2', conversation: 'c-1', from: { id: 'jonas' }, text: 'We called back', outside: true, by: 'Ines' },
    { type: 'receipt', id: 'r-1', conversation: 'c-1', state: 'read', upTo: 4 },
    { type: 'delivery', id: 'd-1', message: 'chan1:out-1', state: 'failed', reason: 'no such number' },
    { events: [{ type: 'message', id: 'm-3', conversation: 'c-2', from: { id: 'mira' }, text: 'Two' }, { type: 'unheard_of', id: 'u-1' }] },
  ],
  parse: (payload) => parse(payload, { channelId: 'chan1', receivedAt: 0, trustsAddresses: false }),
};
