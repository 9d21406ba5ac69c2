import { readdirSync, readFileSync } from 'node:fs';
import { createDiscordAdapter } from '../../../src/adapters/discord/index.js';
import { parse, type ParseFacts } from '../../../src/adapters/discord/parse.js';
import type { Place } from '../../../src/adapters/discord/places.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { startDiscord } from '../../support/fakes/discord.js';
import type { AdapterUnderTest } from '../fake-platform.js';

const folder = new URL('../../fixtures/discord/', import.meta.url);
const samples = readdirSync(folder).sort().map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json);

const post: Place = { kind: 'thread', id: '1441000000000000200', guildId: '1093000000000000100', name: 'Slipping hub', audience: 'public' };
const facts: ParseFacts = {
  channelId: 'chan1', receivedAt: 0, self: '700000000000000001', sessionId: 'sample', place: post, colleagueRoles: new Set(['1093000000000000201']), ours: () => undefined,
};

/** A frame as the gateway's client hands it on. */
function parseFrame(payload: unknown): unknown {
  const frame = (typeof payload === 'object' && payload !== null ? payload : {}) as { t?: unknown; s?: unknown; d?: unknown };
  return parse({ kind: String(frame.t), sequence: Number(frame.s), data: frame.d }, facts);
}

/** Conversations are posts in a forum. */
export const discordUnderTest: AdapterUnderTest = {
  kind: 'discord',
  create: (deps) => createDiscordAdapter(deps),
  start: () => startDiscord({ chats: 'posts' }),
  errors: {
    rate_limited: { result: 'retry', retryAfterMs: 2_000 },
    server_error: { result: 'retry' },
    window_closed: 'Discord lets a bot write at any time',
    blocked: { result: 'rejected', because: 'blocked' },
    token_revoked: { result: 'rejected', because: 'auth', channelBroken: true },
    not_found: { result: 'rejected', because: 'not_found' },
    too_long: { result: 'rejected', because: 'too_long' },
    // The nonce makes asking again safe for some minutes, so it is asked again at once.
    lost_answer: { result: 'sent' },
  },
  samples,
  parse: parseFrame,
};

/** Conversations are direct messages with the bot. */
export const discordDirectUnderTest: AdapterUnderTest = { ...discordUnderTest, start: () => startDiscord({ chats: 'direct' }) };
