import { readdirSync, readFileSync } from 'node:fs';
import { createBotFrameworkAdapter } from '../../../src/adapters/botframework/index.js';
import { parse } from '../../../src/adapters/botframework/parse.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { startBotFramework } from '../../support/fakes/botframework.js';
import type { AdapterUnderTest } from '../fake-platform.js';

const folder = new URL('../../fixtures/botframework/', import.meta.url);
const samples = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json);

/** Conversations are chats in Teams. */
export const botframeworkUnderTest: AdapterUnderTest = {
  kind: 'botframework',
  create: (deps) => createBotFrameworkAdapter(deps),
  start: () => startBotFramework(),
  errors: {
    rate_limited: { result: 'retry', retryAfterMs: 1_000 },
    server_error: { result: 'retry' },
    window_closed: 'one may answer at any time',
    blocked: { result: 'rejected', because: 'blocked' },
    token_revoked: { result: 'rejected', because: 'auth', channelBroken: true },
    not_found: { result: 'rejected', because: 'not_found' },
    too_long: { result: 'rejected', because: 'too_long' },
    lost_answer: { result: 'unknown' },
  },
  samples,
  parse: (payload) => parse(payload, { channelId: 'chan1', receivedAt: 0 }),
};

/** Conversations are chats on a web page. */
export const webChatOfBotframeworkUnderTest: AdapterUnderTest = { ...botframeworkUnderTest, start: () => startBotFramework({ channel: 'webchat' }) };
