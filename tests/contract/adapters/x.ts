import { readdirSync, readFileSync } from 'node:fs';
import { createXAdapter } from '../../../src/adapters/x/index.js';
import { parse } from '../../../src/adapters/x/parse.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { account, startX } from '../../support/fakes/x.js';
import type { AdapterUnderTest } from '../fake-platform.js';

const folder = new URL('../../fixtures/x/', import.meta.url);

export const xUnderTest: AdapterUnderTest = {
  kind: 'x',
  create: (deps) => createXAdapter(deps),
  start: () => startX(),
  errors: {
    rate_limited: { result: 'retry', retryAfterMs: 2_000 },
    server_error: { result: 'retry' },
    window_closed: 'one may answer a post at any time',
    blocked: { result: 'rejected', because: 'blocked' },
    token_revoked: { result: 'rejected', because: 'auth', channelBroken: true },
    not_found: { result: 'rejected', because: 'not_found' },
    too_long: { result: 'rejected', because: 'too_long' },
    lost_answer: { result: 'unknown' },
  },
  samples: readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json),
  parse: (payload) => parse(payload, { channelId: 'chan1', receivedAt: 0, verifiedBy: 'signature', accountId: account.id, directMessages: true }),
};
