import { AppError, messageOf } from '../../errors.js';
import type { Json } from '../../inbox/model/common.js';
import type { ConnectionHost } from '../contract/abilities.js';
import { startPollLoop } from '../lib/poll-loop.js';
import { asText } from '../lib/read-json.js';
import type { MastodonClient } from './client.js';
import { type Look, newestId, newNotifications, ownStatuses, type Page } from './follow.js';
import { pageSize, watched } from './limits.js';
import type { ServerFacts } from './server-facts.js';
import { lookAgain, readWatched, withPosts } from './watch.js';

export interface HoldInput {
  channelId: string;
  scope: string;
  domain: string;
  client: MastodonClient;
  facts: () => Promise<ServerFacts>;
  pollMs: number;
}

type Cursor = Record<string, Json>;
const pagesOfARound = 10;

/** Looks for news until stopped: notifications, our own account's posts and, now and then, whether known posts have changed. */
export function hold(input: HoldInput, host: ConnectionHost): { stop(): Promise<void>; poke(): void } {
  const roots = new Map<string, string>();
  let rounds = 0;
  return startPollLoop({
    everyMs: input.pollMs,
    round: async () => {
      const look = lookOf(input, await input.facts(), { roots, clock: host.clock });
      await round(look, host, { withChanges: rounds % watched.everyRounds === 0 });
      rounds += 1;
      host.report({ state: 'ok' });
    },
    failed: (error) => {
      host.log.warn({ channelId: input.channelId, err: error }, 'Mastodon could not be asked');
      host.report(healthOf(error));
    },
  });
}

export function lookOf(input: Pick<HoldInput, 'channelId' | 'scope' | 'domain' | 'client'>, facts: ServerFacts, more: { roots: Map<string, string>; clock: () => number }): Look {
  return { client: input.client, ...more, context: { channelId: input.channelId, scope: input.scope, domain: input.domain, me: facts } };
}

async function round(look: Look, host: ConnectionHost, options: { withChanges: boolean }): Promise<void> {
  let cursor = await host.getCursor();
  if (asText(cursor['notification']) === undefined || asText(cursor['status']) === undefined) {
    cursor = await begin(look);
    await host.setCursor(cursor);
    return;
  }
  cursor = await take(look, host, { cursor, key: 'notification', next: newNotifications });
  cursor = await take(look, host, { cursor, key: 'status', next: ownStatuses });
  if (!options.withChanges) return;
  const { events, list } = await lookAgain(readWatched(cursor['watched']), look);
  if (events.length > 0) await host.sink(events);
  await host.setCursor({ ...cursor, watched: list });
}

/** What lies there already when the account is connected is left alone. */
async function begin(look: Look): Promise<Cursor> {
  const own = `/api/v1/accounts/${encodeURIComponent(look.context.me.accountId)}/statuses`;
  return { notification: await newestId(look, '/api/v1/notifications'), status: await newestId(look, own), watched: [] };
}

/** Store first, then advance the cursor; page by page until there is no more. */
async function take(look: Look, host: ConnectionHost, what: { cursor: Cursor; key: 'notification' | 'status'; next: (look: Look, minId: string) => Promise<Page> }): Promise<Cursor> {
  let { cursor } = what;
  for (let pages = 0; pages < pagesOfARound; pages += 1) {
    const page = await what.next(look, asText(cursor[what.key]) ?? '0');
    if (page.newest === undefined) return cursor;
    await host.sink(page.events);
    cursor = { ...cursor, [what.key]: page.newest, watched: withPosts(readWatched(cursor['watched']), what.key === 'notification' ? page.posts.filter((_, index) => page.events[index]?.type === 'message') : [], look) };
    await host.setCursor(cursor);
    if (page.events.length < pageSize) return cursor;
  }
  return cursor;
}

/** A token that is refused breaks the channel; anything else passes. */
export function healthOf(error: unknown): { state: 'trouble' | 'broken'; text: string } {
  const refused = error instanceof AppError && (error.code === 'not_signed_in' || error.code === 'forbidden');
  return { state: refused ? 'broken' : 'trouble', text: messageOf(error) };
}
