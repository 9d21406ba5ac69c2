import type { Account, ChannelAdapter, OutboundFetch } from '../contract.js';
import type { ActsOnMessages, BackFills, ExplainsSetUp, FetchesFiles, HoldsConnection, InboundSink, TestsConnection } from '../contract/abilities.js';
import { act } from './act.js';
import { createClient } from './client.js';
import { fields, settings, type MastodonSettings } from './config.js';
import { deliver, type DeliverContext } from './deliver.js';
import { fetchFile } from './files.js';
import { olderNotifications } from './follow.js';
import { hold, lookOf } from './hold.js';
import { scopeOf } from './ids.js';
import { capabilities } from './limits.js';
import { readServerFacts, type ServerFacts } from './server-facts.js';
import { setUp } from './set-up.js';
import { testConnection } from './test-connection.js';

export interface MastodonDeps {
  fetch: OutboundFetch;
  clock: () => number;
  /** Replaces `pollSeconds`, for tests, which cannot wait. */
  pollMs?: number;
}

type MastodonAdapter = ChannelAdapter & HoldsConnection & TestsConnection & FetchesFiles & ActsOnMessages & BackFills & ExplainsSetUp;

const factsKeptMs = 3_600_000;
const gapPages = 25;

/** An account on a Mastodon server, or one that speaks its API. Needs no SDK; nothing is done before a channel is opened or sends. */
export function createMastodonAdapter(deps: MastodonDeps): MastodonAdapter {
  const kept = new Map<string, { at: number; token: string; facts: Promise<ServerFacts> }>();

  function contextOf(account: Account): DeliverContext & { settings: MastodonSettings; domain: string; scope: string; channelId: string } {
    const given = account.settings as MastodonSettings;
    const client = createClient(deps.fetch, given);
    const channelId = account.channel._id;
    const facts = (): Promise<ServerFacts> => {
      const known = kept.get(channelId);
      const token = `${given.baseUrl} ${given.accessToken}`;
      if (known !== undefined && known.token === token && deps.clock() - known.at < factsKeptMs) return known.facts;
      const fresh = readServerFacts(client, deps.clock());
      kept.set(channelId, { at: deps.clock(), token, facts: fresh });
      fresh.catch(() => kept.delete(channelId));
      return fresh;
    };
    return { client, facts, clock: deps.clock, settings: given, channelId, scope: scopeOf(given.baseUrl), domain: new URL(given.baseUrl).host };
  }

  return {
    kind: 'mastodon',
    title: 'Mastodon',
    capabilities,
    fields,
    settings,
    setUp,
    actions: ['edit', 'delete', 'react'],
    deliver: (outbound, account, tools) => deliver(outbound, contextOf(account), tools),
    act: (action, about, account) => act(action, about, contextOf(account)),
    open: (account, host) => {
      const context = contextOf(account);
      return hold({ ...context, pollMs: deps.pollMs ?? context.settings.pollSeconds * 1_000 }, host);
    },
    test: (given) => testConnection(createClient(deps.fetch, settings.parse(given)), deps.clock),
    fetchFile: async (source, account, { maxBytes }) => {
      const context = contextOf(account);
      return fetchFile(source, { settings: context.settings, facts: await context.facts(), fetch: deps.fetch, maxBytes });
    },
    backFill: async (since, account, sink) => {
      const context = contextOf(account);
      return fillGap(since, lookOf(context, await context.facts(), { roots: new Map(), clock: deps.clock }), sink);
    },
  };
}

/** Back through the notifications until `since`, then told in order, the oldest first. */
async function fillGap(since: number, look: ReturnType<typeof lookOf>, sink: InboundSink): Promise<{ found: number; complete: boolean; note?: string }> {
  const pages: Awaited<ReturnType<typeof olderNotifications>>['page'][] = [];
  let before: string | undefined;
  let complete = false;
  while (pages.length < gapPages && !complete) {
    const { page, oldest, oldestAt } = await olderNotifications(look, before);
    pages.unshift(page);
    complete = oldest === undefined || oldestAt < since;
    before = oldest;
  }
  const events = pages.flatMap((page) => page.events).filter((event) => event.occurredAt === undefined || event.occurredAt >= since);
  if (events.length > 0) await sink(events);
  return { found: events.length, complete, ...(complete ? {} : { note: `only the newest ${gapPages * 40} notifications were looked at` }) };
}
