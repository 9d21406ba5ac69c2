import { readdirSync, readFileSync } from 'node:fs';
import { createBlueskyAdapter } from '../../../src/adapters/bluesky/index.js';
import { parseNotification, parseOwn } from '../../../src/adapters/bluesky/parse.js';
import { parseLogEntry } from '../../../src/adapters/bluesky/parse-chat.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { startBluesky, startBlueskyChat } from '../../support/fakes/bluesky.js';
import type { AdapterUnderTest } from '../fake-platform.js';

const folder = new URL('../../fixtures/bluesky/', import.meta.url);
const samples = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json);
const context = { channelId: 'chan1', receivedAt: 0, did: 'did:plc:velowerkvelowerkvelowerk' };

/** Conversations are public threads. */
export const blueskyUnderTest: AdapterUnderTest = {
  kind: 'bluesky',
  create: (deps) => createBlueskyAdapter({ ...deps, pollMs: 25 }),
  start: () => startBluesky(),
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
  parse: (payload) => [parseNotification(payload, context), parseLogEntry(payload, context, new Map()), parseOwn(payload, context, () => undefined)],
};

/** Conversations are direct messages: no files, and a thousand characters. */
export const blueskyChatUnderTest: AdapterUnderTest = {
  ...blueskyUnderTest,
  start: () => startBlueskyChat(),
  create: (deps) => {
    const adapter = createBlueskyAdapter({ ...deps, pollMs: 25 });
    const withoutFiles = <T>(list: readonly T[]): T[] => list.filter((ability) => ability !== 'files');
    const { inbound, outbound } = adapter.capabilities;
    return { ...adapter, capabilities: { ...adapter.capabilities, textMax: 1_000, inbound: withoutFiles(inbound), outbound: withoutFiles(outbound) } };
  },
};
