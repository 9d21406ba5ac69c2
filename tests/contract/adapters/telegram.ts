import { readFileSync, readdirSync } from 'node:fs';
import { parse } from '../../../src/adapters/telegram/parse.js';
import { createTelegramAdapter } from '../../../src/adapters/telegram/index.js';
import type { Json } from '../../../src/inbox/model/common.js';
import { startTelegram } from '../../support/fakes/telegram.js';
import type { AdapterUnderTest } from '../fake-platform.js';

const folder = new URL('../../fixtures/telegram/', import.meta.url);
const samples = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json);

const errors: AdapterUnderTest['errors'] = {
  rate_limited: { result: 'retry', retryAfterMs: 3_000 },
  server_error: { result: 'retry' },
  window_closed: { result: 'rejected', because: 'window_closed' },
  blocked: { result: 'rejected', because: 'blocked' },
  token_revoked: { result: 'rejected', because: 'auth', channelBroken: true },
  not_found: { result: 'rejected', because: 'not_found' },
  too_long: { result: 'rejected', because: 'too_long' },
  lost_answer: { result: 'unknown' },
};

/** Conversations are groups that the bot administers; updates come by webhook. */
export const telegramUnderTest: AdapterUnderTest = {
  kind: 'telegram',
  create: (deps) => createTelegramAdapter(deps),
  start: () => startTelegram({ chats: 'group' }),
  errors,
  samples,
  parse: (payload) => parse(payload, { channelId: 'chan1', receivedAt: 0, verifiedBy: 'token', botId: 7310042, colleagues: new Set(['515001']) }),
};

/** Conversations are private chats of a connected business account; updates come by long poll. */
export const telegramBusinessUnderTest: AdapterUnderTest = { ...telegramUnderTest, start: () => startTelegram({ chats: 'business', way: 'long poll' }) };
