import { AppError, messageOf } from '../../errors.js';
import type { Json } from '../../inbox/model/common.js';
import type { InboundEvent } from '../../inbox/model/event.js';
import type { ConnectionHost } from '../contract/abilities.js';
import { startPollLoop } from '../lib/poll-loop.js';
import { asText } from '../lib/read-json.js';
import type { BlueskyClient } from './client.js';
import { chatLog, type Look, newestNotification, newestRev, noteSeen, notificationsSince, ownPosts } from './follow.js';
import type { BlueskySession } from './session.js';

export interface HoldInput {
  channelId: string;
  client: BlueskyClient;
  session: BlueskySession;
  pollMs: number;
  directMessages: boolean;
}

type Cursor = Record<string, Json>;
const logsOfARound = 20;

/** Looks for news until stopped: notifications, our own posts and the chat log. The signed-in session is kept in the cursor, sealed. */
export function hold(input: HoldInput, host: ConnectionHost): { stop(): Promise<void>; poke(): void } {
  let look: Look | undefined;
  return startPollLoop({
    everyMs: input.pollMs,
    round: async () => {
      const cursor = await host.getCursor();
      input.session.restore(asText(cursor['session']));
      look ??= newLook(input, await input.client.did(), host.clock);
      await round({ input, host, look }, cursor);
      host.report({ state: 'ok' });
    },
    failed: (error) => {
      host.log.warn({ channelId: input.channelId, err: error }, 'Bluesky could not be asked');
      host.report(healthOf(error));
    },
  });
}

export function newLook(input: Pick<HoldInput, 'channelId' | 'client'>, did: string, clock: () => number): Look {
  return { client: input.client, channelId: input.channelId, did, clock, seen: new Set(), members: new Map(), names: new Map() };
}

interface Round {
  input: HoldInput;
  host: ConnectionHost;
  look: Look;
}

async function round(about: Round, before: Cursor): Promise<void> {
  const { input, look } = about;
  let cursor = before;
  const since = asText(cursor['notifications']);
  if (since === undefined) cursor = await keep(about, { ...cursor, ...await begin(about) }, []);
  else {
    const { events, newest } = await notificationsSince(look, since, Number(cursor['begun'] ?? 0));
    cursor = await keep(about, { ...cursor, notifications: newest }, events);
    const own = (await ownPosts(look)).filter((event) => event.occurredAt === undefined || event.occurredAt >= Number(cursor['ownSince'] ?? 0));
    cursor = await keep(about, cursor, own);
  }
  if (!input.directMessages) return;
  if (asText(cursor['chat']) === undefined) cursor = await keep(about, { ...cursor, chat: await newestRev(look) }, []);
  for (let logs = 0; logs < logsOfARound; logs += 1) {
    const page = await chatLog(look, asText(cursor['chat']) ?? '');
    cursor = await keep(about, { ...cursor, chat: page.rev }, page.events);
    if (!page.more) return;
  }
}

/** What lies there already when the account is connected is left alone. */
async function begin({ look }: Round): Promise<Cursor> {
  const newest = await newestNotification(look);
  const own = await ownPosts(look);
  noteSeen(look, own);
  return { notifications: newest, begun: Date.parse(newest) + 1, ownSince: Math.max(0, ...own.map((event) => (event.occurredAt ?? 0) + 1)) };
}

/** Store first, then advance the cursor. Nothing is written when nothing changed. */
async function keep({ input, host, look }: Round, cursor: Cursor, events: InboundEvent[]): Promise<Cursor> {
  if (events.length > 0) await host.sink(events);
  noteSeen(look, events);
  const before = await host.getCursor();
  const sealed = input.session.sealed();
  const after: Cursor = { ...cursor, ...(sealed === undefined ? {} : { session: sealed }) };
  const isSame = ['notifications', 'chat', 'begun', 'session'].every((key) => before[key] === after[key]);
  if (!isSame) await host.setCursor(after);
  return after;
}

/** A sign-in that is refused breaks the channel; anything else passes. */
export function healthOf(error: unknown): { state: 'trouble' | 'broken'; text: string } {
  return { state: error instanceof AppError && error.code === 'not_signed_in' ? 'broken' : 'trouble', text: messageOf(error) };
}
