import { readdirSync, readFileSync } from 'node:fs';
import { createMastodonAdapter } from '../../../src/adapters/mastodon/index.js';
import { parseNotification, parseOwn } from '../../../src/adapters/mastodon/parse.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { startMastodon } from '../../support/fakes/mastodon.js';
import type { AdapterUnderTest } from '../fake-platform.js';

const folder = new URL('../../fixtures/mastodon/', import.meta.url);
const samples = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json);
const context = { channelId: 'chan1', receivedAt: 0, scope: 'velowerk.example', domain: 'velowerk.example', me: { accountId: '100', acct: 'velowerk', profileUrl: 'https://velowerk.example/@velowerk' }, roots: new Map<string, string>() };

/** Conversations are public threads. */
export const mastodonUnderTest: AdapterUnderTest = {
  kind: 'mastodon',
  create: (deps) => createMastodonAdapter({ ...deps, pollMs: 25 }),
  start: () => startMastodon(),
  errors: {
    rate_limited: { result: 'retry', retryAfterMs: 1_000 },
    server_error: { result: 'retry' },
    window_closed: 'one may answer at any time',
    blocked: { result: 'rejected', because: 'blocked' },
    token_revoked: { result: 'rejected', because: 'auth', channelBroken: true },
    not_found: { result: 'rejected', because: 'not_found' },
    too_long: { result: 'rejected', because: 'too_long' },
    lost_answer: { result: 'sent' },
  },
  samples,
  parse: (payload) => [parseNotification(payload, context), parseOwn(payload, context)],
};

/** Conversations are direct messages. */
export const mastodonDirectUnderTest: AdapterUnderTest = { ...mastodonUnderTest, start: () => startMastodon({ visibility: 'direct' }) };
