import { readdirSync, readFileSync } from 'node:fs';
import { createWhatsAppAdapter } from '../../../src/adapters/whatsapp/index.js';
import { parse } from '../../../src/adapters/whatsapp/parse.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { phoneNumberId, startWhatsApp } from '../../support/fakes/meta-whatsapp.js';
import type { AdapterUnderTest } from '../fake-platform.js';

const folder = new URL('../../fixtures/whatsapp/', import.meta.url);

export const whatsappUnderTest: AdapterUnderTest = {
  kind: 'whatsapp',
  create: (deps) => createWhatsAppAdapter(deps),
  start: startWhatsApp,
  errors: {
    rate_limited: { result: 'retry', retryAfterMs: 2_000 },
    server_error: { result: 'retry' },
    window_closed: { result: 'rejected', because: 'window_closed' },
    blocked: { result: 'rejected', because: 'blocked' },
    token_revoked: { result: 'rejected', because: 'auth', channelBroken: true },
    not_found: { result: 'rejected', because: 'not_found' },
    too_long: { result: 'rejected', because: 'too_long' },
    lost_answer: { result: 'unknown' },
  },
  samples: readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json),
  parse: (payload) => parse(payload, { channelId: 'chan1', receivedAt: 0, phoneNumberId }),
};
