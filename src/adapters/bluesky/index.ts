import type { Account, ChannelAdapter, OutboundFetch } from '../contract.js';
import type { ActsOnMessages, BackFills, ExplainsSetUp, FetchesFiles, HoldsConnection, TestsConnection } from '../contract/abilities.js';
import { act } from './act.js';
import { createClient } from './client.js';
import { type BlueskySettings, fields, settings } from './config.js';
import { deliver, type DeliverContext } from './deliver.js';
import { fetchFile } from './files.js';
import { notificationsSince } from './follow.js';
import { hold, newLook } from './hold.js';
import { capabilities } from './limits.js';
import { type BlueskySession, createSession } from './session.js';
import { setUp } from './set-up.js';
import { testConnection } from './test-connection.js';

export interface BlueskyDeps {
  fetch: OutboundFetch;
  clock: () => number;
  /** Replaces `pollSeconds`, for tests, which cannot wait. */
  pollMs?: number;
}

type BlueskyAdapter = ChannelAdapter & HoldsConnection & TestsConnection & FetchesFiles & ActsOnMessages & BackFills & ExplainsSetUp;

/** An account on Bluesky, or on another server of its network. The SDK is loaded at the first sign-in. */
export function createBlueskyAdapter(deps: BlueskyDeps): BlueskyAdapter {
  const sessions = new Map<string, { of: string; session: BlueskySession }>();

  /** One session for a channel, whoever asks first: sign-ins are few a day. */
  function sessionOf(channelId: string, given: BlueskySettings): BlueskySession {
    const of = `${given.baseUrl} ${given.identifier} ${given.appPassword}`;
    const known = sessions.get(channelId);
    if (known !== undefined && known.of === of) return known.session;
    const session = createSession(given, deps);
    sessions.set(channelId, { of, session });
    return session;
  }

  function contextOf(account: Account): DeliverContext & { settings: BlueskySettings; session: BlueskySession; channelId: string } {
    const given = account.settings as BlueskySettings;
    const session = sessionOf(account.channel._id, given);
    return { client: createClient(session, given.chatService), clock: deps.clock, settings: given, session, channelId: account.channel._id };
  }

  return {
    kind: 'bluesky',
    title: 'Bluesky',
    capabilities,
    fields,
    settings,
    setUp,
    actions: ['delete', 'react'],
    deliver: (outbound, account, tools) => deliver(outbound, contextOf(account), tools),
    act: (action, _about, account) => act(action, contextOf(account)),
    open: (account, host) => {
      const context = contextOf(account);
      return hold({ ...context, directMessages: context.settings.directMessages, pollMs: deps.pollMs ?? context.settings.pollSeconds * 1_000 }, host);
    },
    test: (given) => {
      const checked = settings.parse(given);
      return testConnection(createClient(createSession(checked, deps), checked.chatService), { directMessages: checked.directMessages, clock: deps.clock });
    },
    fetchFile: (source, account, { maxBytes }) => fetchFile(source, { settings: account.settings as BlueskySettings, fetch: deps.fetch, maxBytes }),
    backFill: async (since, account, sink) => {
      const context = contextOf(account);
      const look = newLook(context, await context.client.did(), deps.clock);
      const { events, complete } = await notificationsSince(look, new Date(since).toISOString(), since);
      if (events.length > 0) await sink(events);
      return { found: events.length, complete, note: complete ? 'posts only: the chat log is read from where it was left' : 'only the newest 1,000 notifications were looked at' };
    },
  };
}
