import type { Account, ChannelAdapter, OutboundFetch } from '../contract.js';
import type { ActsOnMessages, BackFills, ExplainsSetUp, FetchesFiles, HoldsConnection, ReceivesWebhooks, TestsConnection } from '../contract/abilities.js';
import type { MirrorsConversations } from '../contract/mirror.js';
import { act, actions } from './act.js';
import { backFill } from './back-fill.js';
import { type Listen, openBolt } from './bolt.js';
import { Clients } from './client.js';
import { fields, settings, type SlackSettings } from './config.js';
import { colleague } from './colleague.js';
import { deliver } from './deliver.js';
import { fetchFile } from './fetch-file.js';
import { capabilities } from './limits.js';
import { readMirrored } from './mirrored.js';
import { open } from './open.js';
import { OwnFiles } from './own-files.js';
import { People } from './people.js';
import { Poster } from './post.js';
import { postMirror } from './post-mirror.js';
import { factsOf, receive } from './receive.js';
import { setUp } from './set-up.js';
import { testConnection } from './test-connection.js';

type SlackAdapter = ChannelAdapter & ReceivesWebhooks & HoldsConnection & TestsConnection & FetchesFiles & ActsOnMessages & BackFills & ExplainsSetUp & MirrorsConversations & Required<Pick<MirrorsConversations, 'colleague'>>;

/** Slack: direct messages, channels and threads, also shared ones, by HTTP events or Socket Mode. The SDKs are loaded when first used. */
export function createSlackAdapter(deps: { fetch: OutboundFetch; clock: () => number }): SlackAdapter {
  const clients = new Clients(deps);
  const poster = new Poster();
  const known = byChannel(() => ({ people: new People(), files: new OwnFiles() }));
  let bolt: Promise<Listen> | undefined;
  const listen = (): Promise<Listen> => (bolt ??= openBolt());
  const settingsOf = (account: Account): SlackSettings => account.settings as SlackSettings;
  const knownOf = (account: Account): { people: People; files: OwnFiles } => known(account.channel._id);
  return {
    kind: 'slack',
    title: 'Slack',
    capabilities,
    fields,
    settings,
    setUp,
    actions,
    deliver: async (outbound, account, tools) => deliver(outbound, tools, {
      client: await clients.of(settingsOf(account)), settings: settingsOf(account), poster, deps, files: knownOf(account).files,
    }),
    receive: (request, account) => receive(request, account, { listen, ...knownOf(account) }),
    open: (account, host) => open({ account, host, deps, listen, clients, ...knownOf(account) }),
    test: (given) => testConnection(given, { clients, deps }),
    fetchFile: async (source, account, { maxBytes }) => fetchFile(source, settingsOf(account), { client: await clients.of(settingsOf(account)), deps, maxBytes }),
    act: async (action, _context, account) => act(action, await clients.of(settingsOf(account))),
    backFill: async (since, account, sink) => backFill(since, { client: await clients.of(settingsOf(account)), sink, facts: factsOf(account, knownOf(account), { receivedAt: deps.clock(), verifiedBy: 'connection' }) }),
    mirrorPlaces: (account) => settingsOf(account).mirrorChannels,
    mirror: async (post, where, account) => postMirror(post, where, { client: await clients.of(settingsOf(account)), settings: settingsOf(account), poster }),
    mirrored: readMirrored,
    colleague: async (id, account) => colleague(await clients.of(settingsOf(account)), id),
  };
}

function byChannel<T>(make: () => T): (channelId: string) => T {
  const made = new Map<string, T>();
  return (channelId) => {
    let one = made.get(channelId);
    if (one === undefined) made.set(channelId, one = make());
    return one;
  };
}
