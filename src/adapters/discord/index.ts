import type { Account, ChannelAdapter, OutboundFetch } from '../contract.js';
import type { ActsOnMessages, BackFills, ExplainsSetUp, FetchesFiles, HoldsConnection, InboundSink, TestsConnection } from '../contract/abilities.js';
import { act } from './act.js';
import { createApi, type DiscordApi } from './api.js';
import { fields, settings, type DiscordSettings } from './config.js';
import { deliver } from './deliver.js';
import { fetchFile } from './fetch-file.js';
import type { GatewayCursor } from './gateway/cursor.js';
import { holdGateway } from './gateway/hold-gateway.js';
import { readHistory } from './gateway/read-history.js';
import { capabilities, timing as usualTiming, type Timing } from './limits.js';
import { createNonceBook } from './nonce-book.js';
import { setUp } from './set-up.js';
import { testConnection } from './test-connection.js';

export interface DiscordDeps {
  fetch: OutboundFetch;
  clock: () => number;
  /** Shorter pauses, for tests. */
  timing?: Partial<Timing>;
}

type DiscordAdapter = ChannelAdapter & HoldsConnection & TestsConnection & FetchesFiles & ActsOnMessages & BackFills & ExplainsSetUp;

/** One bot on Discord: direct messages, and the channels and forums chosen in Settings. discord.js is loaded when a channel first opens or sends. */
export function createDiscordAdapter(deps: DiscordDeps): DiscordAdapter {
  const nonces = createNonceBook();
  const apis = new Map<string, DiscordApi>();
  const cursors = new Map<string, GatewayCursor>();

  /** One client per channel, so that it knows the channel's limits; another one when the settings changed. */
  function apiOf(account: Account): DiscordApi {
    const given = account.settings as DiscordSettings;
    const id = account.channel._id;
    const known = apis.get(id);
    if (known !== undefined && JSON.stringify(known.settings) === JSON.stringify(given)) return known;
    known?.close();
    const fresh = createApi(given, deps.fetch);
    apis.set(id, fresh);
    return fresh;
  }

  return {
    kind: 'discord',
    title: 'Discord',
    capabilities,
    fields,
    settings,
    setUp,
    actions: ['edit', 'delete', 'react', 'typing'],
    deliver: (outbound, account, tools) => deliver(outbound, { api: apiOf(account), nonces }, tools),
    act: (action, about, account) => act(action, about, apiOf(account)),
    open: (account, host) => holdGateway({
      channelId: account.channel._id, api: apiOf(account), host, nonces, timing: { ...usualTiming, ...deps.timing }, reads: (cursor) => cursors.set(account.channel._id, cursor),
    }),
    test: async (given) => {
      const api = createApi(settings.parse(given), deps.fetch);
      try {
        return await testConnection(api);
      } finally {
        api.close();
      }
    },
    fetchFile: (source, account, limits) => fetchFile(source, { api: apiOf(account), fetch: deps.fetch, clock: deps.clock }, limits),
    backFill: (since: number, account: Account, sink: InboundSink) => readHistory({
      channelId: account.channel._id, api: apiOf(account), nonces, clock: deps.clock, directs: cursors.get(account.channel._id)?.directs.keys(), since, sink,
    }),
  };
}
