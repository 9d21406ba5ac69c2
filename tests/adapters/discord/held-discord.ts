import type { Account } from '../../../src/adapters/contract.js';
import type { ConnectionHost } from '../../../src/adapters/contract/abilities.js';
import { createDiscordAdapter } from '../../../src/adapters/discord/index.js';
import type { Timing } from '../../../src/adapters/discord/limits.js';
import { createGuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import type { Json } from '../../../src/inbox/model/common.js';
import type { InboundEvent, MessageEvent, TypingSign } from '../../../src/inbox/model/event.js';
import type { Channel } from '../../../src/inbox/model/channel.js';
import type { Health } from '../../../src/adapters/contract.js';
import { type FakeDiscord, startDiscord } from '../../support/fakes/discord.js';
import { waitFor } from '../../support/wait-for.js';

/** Pauses that a test can wait for, and that can still be told apart. */
export const quick: Partial<Timing> = { retryMs: 20, retryMaxMs: 100, attemptMs: 30, attemptMaxMs: 200, identifyMs: 40, identifyMaxMs: 400, refusedMs: 60_000, leaveMs: 500 };

/** What one channel keeps over restarts, and what it was told. */
export interface Kept {
  cursor: Record<string, Json>;
  events: InboundEvent[];
  health: Health[];
  typing: TypingSign[];
  /** How often the store is to refuse before it takes. */
  refuse: number;
}

export function keep(): Kept {
  return { cursor: {}, events: [], health: [], typing: [], refuse: 0 };
}

/** A bot connected to a fake Discord, without a core: what it hands on is looked at as it is. */
export async function holdDiscord(far: FakeDiscord, kept: Kept, options: { timing?: Partial<Timing>; settings?: Record<string, Json> } = {}) {
  const fetch = createGuardedFetch({ allow: far.allow });
  const adapter = createDiscordAdapter({ fetch, clock: Date.now, timing: { ...quick, ...options.timing } });
  const account: Account = { channel: { _id: 'chan1' } as Channel, settings: adapter.settings.parse({ ...far.settings, ...far.secrets, ...options.settings }) };
  const host: ConnectionHost = {
    sink: (events) => {
      kept.refuse -= 1;
      if (kept.refuse >= 0) return Promise.reject(new Error('the store is away'));
      const known = new Set(kept.events.map((event) => event.eventId));
      kept.events.push(...events.filter((event) => !known.has(event.eventId)));
      return Promise.resolve();
    },
    putBlob: () => Promise.reject(new Error('no file is stored by the connection')),
    getCursor: () => Promise.resolve(kept.cursor),
    setCursor: (cursor) => {
      kept.cursor = JSON.parse(JSON.stringify(cursor)) as Record<string, Json>;
      return Promise.resolve();
    },
    report: (health) => kept.health.push(health),
    typing: (sign) => kept.typing.push(sign),
    clock: Date.now,
    log: { info: () => undefined, warn: () => undefined },
  };
  const held = adapter.open(account, host);
  let stopped: Promise<void> | undefined;
  return {
    adapter, account, fetch, poke: () => held.poke(),
    healthy: (times = 1) => waitFor(() => kept.health.filter(({ state }) => state === 'ok').length >= times, { what: `healthy ${times} times, was ${JSON.stringify(kept.health)}` }),
    stop: (): Promise<void> => (stopped ??= held.stop().then(() => fetch.close())),
  };
}

export const texts = (kept: Kept): string[] => kept.events.filter((event): event is MessageEvent => event.type === 'message').map((event) => event.text);

/** A fake Discord for each test, and holders that end with it. */
export function discordTests(chats: 'posts' | 'direct' = 'posts') {
  const state = { far: undefined as FakeDiscord | undefined, held: [] as { stop(): Promise<void> }[] };
  beforeEach(async () => {
    state.far = await startDiscord({ chats });
  });
  afterEach(async () => {
    await Promise.all(state.held.splice(0).map((held) => held.stop()));
    await state.far?.stop();
  });
  const far = (): FakeDiscord => {
    if (state.far === undefined) throw new Error('there is no Discord yet');
    return state.far;
  };
  return {
    far,
    hold: async (kept: Kept, options: Parameters<typeof holdDiscord>[2] = {}) => {
      const held = await holdDiscord(far(), kept, options);
      state.held.push(held);
      return held;
    },
  };
}
