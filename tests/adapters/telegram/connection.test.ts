import { expect } from 'chai';
import type { ConnectionHost } from '../../../src/adapters/contract/abilities.js';
import type { Health } from '../../../src/adapters/contract.js';
import { createTelegramAdapter } from '../../../src/adapters/telegram/index.js';
import { createGuardedFetch, type GuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import type { Json } from '../../../src/inbox/model/common.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';
import { accountOf } from '../../support/fakes/outbound.js';
import { startTelegram } from '../../support/fakes/telegram.js';
import { waitFor } from '../../support/wait-for.js';

const ines = { id: 'ines', name: 'Ines Kern' };

describe('Telegram’s connection', () => {
  let telegram: Awaited<ReturnType<typeof startTelegram>>;
  let fetch: GuardedFetch;
  const opened: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const connection of opened.splice(0)) await connection.stop();
    await fetch.close();
    await telegram.stop();
  });

  async function begin(way: 'webhook' | 'long poll') {
    telegram = await startTelegram({ chats: 'group', way });
    fetch = createGuardedFetch({ allow: telegram.allow });
    return createTelegramAdapter({ fetch, clock: Date.now });
  }

  function hostOf(options: { fails?: () => boolean } = {}) {
    const seen = { events: [] as InboundEvent[], cursor: {} as Record<string, Json>, health: [] as Health[], order: [] as string[] };
    const host: ConnectionHost = {
      sink: (events) => {
        if (options.fails?.() === true) return Promise.reject(new Error('the store is away'));
        seen.order.push('stored');
        seen.events.push(...events);
        return Promise.resolve();
      },
      putBlob: () => Promise.reject(new Error('no blobs here')),
      getCursor: () => Promise.resolve(seen.cursor),
      setCursor: (cursor) => {
        seen.order.push('cursor');
        seen.cursor = cursor;
        return Promise.resolve();
      },
      report: (health) => seen.health.push(health), typing: () => undefined, clock: Date.now, log: { info: () => undefined, warn: () => undefined },
    };
    return { host, seen };
  }

  function open(adapter: ReturnType<typeof createTelegramAdapter>, host: ConnectionHost): { stop(): Promise<void>; poke(): void } {
    const connection = adapter.open(accountOf('telegram', adapter.settings.parse({ ...telegram.settings, ...telegram.secrets })), host);
    opened.push(connection);
    return connection;
  }

  it('polls, stores first and only then moves its cursor; what was not stored comes again', async () => {
    const adapter = await begin('long poll');
    let failing = true;
    const { host, seen } = hostOf({ fails: () => failing });
    await telegram.says({ conversation: 'c1', from: ines, text: 'one' });
    await telegram.says({ conversation: 'c1', from: ines, text: 'two' });
    const connection = open(adapter, host);
    await waitFor(() => seen.health.some((health) => health.state === 'trouble'));
    expect(seen.cursor).to.deep.equal({});
    failing = false;
    connection.poke();
    await waitFor(() => 'offset' in seen.cursor);
    await telegram.says({ conversation: 'c1', from: ines, text: 'three' });
    await waitFor(() => seen.events.length === 3);
    await waitFor(() => seen.order.length === 4);
    expect(seen.events.map((event) => event.type === 'message' && event.text)).to.deep.equal(['one', 'two', 'three']);
    expect(seen.order).to.deep.equal(['stored', 'cursor', 'stored', 'cursor']);
    expect(seen.cursor).to.deep.equal({ offset: telegram.state.update + 1 });
  });

  it('asks for reactions by name, and takes a webhook away first, with what waits there', async () => {
    const adapter = await begin('long poll');
    open(adapter, hostOf().host);
    const poll = await waitFor(() => telegram.server.calls.find((call) => call.method === 'getUpdates'));
    expect(poll.payload['allowed_updates']).to.include('message_reaction');
    expect(telegram.server.calls[0]).to.deep.include({ method: 'deleteWebhook', payload: { drop_pending_updates: false } });
  });

  it('ends at once, although Telegram holds the request', async () => {
    const adapter = await begin('long poll');
    const connection = open(adapter, hostOf().host);
    await waitFor(() => telegram.server.calls.some((call) => call.method === 'getUpdates'));
    const from = performance.now();
    await connection.stop();
    expect(performance.now() - from).to.be.lessThan(2_000);
  });

  it('says that another program has the token, and goes on trying', async () => {
    const adapter = await begin('long poll');
    telegram.refuse('Conflict: terminated by other getUpdates request', 'getUpdates', 409);
    const { host, seen } = hostOf();
    const connection = open(adapter, host);
    const told = await waitFor(() => seen.health.find((health) => health.state === 'trouble'));
    expect(told.text).to.contain('Another program');
    await telegram.says({ conversation: 'c1', from: ines, text: 'after all' });
    connection.poke();
    await waitFor(() => seen.events.length === 1);
  });

  it('is broken for good when the token is', async () => {
    const adapter = await begin('long poll');
    telegram.refuse('Unauthorized', 'deleteWebhook', 401);
    const { host, seen } = hostOf();
    open(adapter, host);
    expect((await waitFor(() => seen.health[0])).state).to.equal('broken');
    expect(telegram.server.calls).to.have.length(1);
  });

  it('registers the webhook with its secret, and says when somebody has put another there', async () => {
    const adapter = await begin('webhook');
    const { host, seen } = hostOf();
    const connection = open(adapter, host);
    await waitFor(() => seen.health.some((health) => health.state === 'ok'));
    expect(telegram.server.calls[0]?.payload).to.deep.include({ url: 'https://inbox.velowerk.example/hooks/telegram', secret_token: telegram.secrets['webhookSecret'] });
    telegram.state.webhook = 'https://elsewhere.example/hook';
    connection.poke();
    expect((await waitFor(() => seen.health.find((health) => health.state === 'trouble'))).text).to.contain('elsewhere.example');
    connection.poke();
    await waitFor(() => telegram.state.webhook === 'https://inbox.velowerk.example/hooks/telegram');
  });
});
