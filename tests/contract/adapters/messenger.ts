import { readdirSync, readFileSync } from 'node:fs';
import { createMessengerAdapter } from '../../../src/adapters/messenger/index.js';
import { parseDirect } from '../../../src/adapters/meta/direct/parse.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { startDirect } from '../../support/fakes/meta-direct.js';
import type { AdapterUnderTest } from '../fake-platform.js';

const folder = new URL('../../fixtures/messenger/', import.meta.url);

export const messengerUnderTest: AdapterUnderTest = {
  kind: 'messenger',
  create: (deps) => createMessengerAdapter(deps),
  start: () => startDirect('messenger'),
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
  parse: (payload) => parseDirect(payload, { kind: 'messenger', channelId: 'chan1', receivedAt: 0, accountId: '102030405060708', appId: '4711000000000001' }),
};
