import { readFileSync, readdirSync } from 'node:fs';
import type { ParseFacts } from '../../../src/adapters/slack/envelope.js';
import { createSlackAdapter } from '../../../src/adapters/slack/index.js';
import { parse } from '../../../src/adapters/slack/parse.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { startSlack } from '../../support/fakes/slack.js';
import type { AdapterUnderTest } from '../fake-platform.js';

const folder = new URL('../../fixtures/slack/', import.meta.url);

export const facts: ParseFacts = {
  channelId: 'chan1', receivedAt: 1_700_000_000_000, verifiedBy: 'signature', channels: new Set(), colleagues: new Set(['U0COLLEAGUE']), ownWorkspaceIsUs: false, mirrorChannels: new Set(['C0TEAM']),
  personName: () => undefined, messageOfFile: () => undefined,
};

const shared = {
  kind: 'slack',
  create: (deps) => createSlackAdapter(deps),
  errors: {
    rate_limited: { result: 'retry', retryAfterMs: 2_000 },
    // Slack says that part of it may have been done: the channel is read before it is sent again.
    server_error: { result: 'retry' },
    window_closed: 'one may write to Slack at any time',
    blocked: { result: 'rejected', because: 'blocked' },
    token_revoked: { result: 'rejected', because: 'auth', channelBroken: true },
    not_found: { result: 'rejected', because: 'not_found' },
    too_long: { result: 'rejected', because: 'too_long' },
    // The message carries our id, and is found in the channel.
    lost_answer: { result: 'sent' },
  },
  samples: readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json),
  parse: (payload) => parse(payload, facts),
} satisfies Omit<AdapterUnderTest, 'start'>;

/** Events by HTTP, conversations as threads of a channel. */
export const slackUnderTest: AdapterUnderTest = { ...shared, start: () => startSlack({ way: 'http', places: 'threads' }) };

/** Socket Mode, direct messages. */
export const slackSocketUnderTest: AdapterUnderTest = { ...shared, start: () => startSlack({ way: 'socket', places: 'direct' }) };
