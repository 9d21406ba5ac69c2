import { readdirSync, readFileSync } from 'node:fs';
import { createDiscourseAdapter } from '../../../src/adapters/discourse/index.js';
import { type Facts, parse } from '../../../src/adapters/discourse/parse.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { startDiscourse } from '../../support/fakes/discourse.js';
import type { AdapterUnderTest } from '../fake-platform.js';

const folder = new URL('../../fixtures/discourse/', import.meta.url);
const events = ['post_created', 'post_edited', 'post_destroyed', 'post_liked'];
const facts: Facts = { channelId: 'chan1', receivedAt: 0, verifiedBy: 'signature', scope: 'community.velowerk.example', apiUsername: 'velowerksupport', staff: new Set(), staffByRole: true, privateMessages: true };
let turn = 0;

export const discourseUnderTest: AdapterUnderTest = {
  kind: 'discourse',
  create: (deps) => createDiscourseAdapter(deps),
  start: () => startDiscourse(),
  errors: {
    rate_limited: { result: 'retry', retryAfterMs: 2_000 },
    server_error: { result: 'retry' },
    window_closed: 'one may answer a topic at any time',
    blocked: { result: 'rejected', because: 'blocked' },
    token_revoked: { result: 'rejected', because: 'auth', channelBroken: true },
    not_found: { result: 'rejected', because: 'not_found' },
    too_long: { result: 'rejected', because: 'too_long' },
    lost_answer: { result: 'unknown' },
  },
  samples: readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json),
  // What it is stands in a header: each payload is read as each kind in turn.
  parse: (payload) => parse(payload, { event: events[turn++ % events.length], id: '1', instance: undefined }, facts),
};
