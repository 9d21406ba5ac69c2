import { readFileSync, readdirSync } from 'node:fs';
import { asObject } from '../../../src/adapters/lib/read-json.js';
import { parse, type Params } from '../../../src/adapters/sms/parse.js';
import { createSmsAdapter } from '../../../src/adapters/sms/index.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { startTwilio } from '../../support/fakes/twilio.js';
import type { AdapterUnderTest } from '../fake-platform.js';

const folder = new URL('../../fixtures/sms/', import.meta.url);

export const smsUnderTest: AdapterUnderTest = {
  kind: 'sms',
  create: (deps) => createSmsAdapter(deps),
  start: startTwilio,
  errors: {
    rate_limited: { result: 'retry', retryAfterMs: 3_000 },
    server_error: { result: 'retry' },
    window_closed: 'SMS has no window',
    blocked: { result: 'rejected', because: 'opted_out' },
    token_revoked: { result: 'rejected', because: 'auth', channelBroken: true },
    not_found: { result: 'rejected', because: 'not_found' },
    too_long: { result: 'rejected', because: 'too_long' },
    // The lost message is found in the account's list at once.
    lost_answer: { result: 'sent' },
  },
  samples: readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json),
  // A form has texts only: what else a mutation makes of one is written as text.
  parse: (payload) => parse(formOf(payload), { channelId: 'chan1', receivedAt: 0, verifiedBy: 'signature' }),
};

function formOf(payload: unknown): Params {
  return Object.fromEntries(Object.entries(asObject(payload) ?? {}).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]));
}
