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
/** Chats that an app password does not allow are asked for again after this. */
const chatPauseMs = 3_600_000;

/** Looks for news until stopped: notifications, our own posts and the chat log. The signed-in session is kept in the cursor, sealed. */
export function hold(input: HoldInput, host: ConnectionHost): { stop(): Promise<void>; poke(): void } {
  let look: Look | undefined;
  let chatsFrom = 0;
  return startPollLoop({
    everyMs: input.pollMs,
    round: async () => {
      const cursor = await host.getCursor();
      input.session.restore(asText(cursor['session']));
      look ??= newLook(input, await input.client.did(), host.clock);
      const about = { input, host, look };
      const after = await readPosts(about, cursor);
      let refused: string | undefined;
      if (input.directMessages && host.clock() >= chatsFrom) refused = await readChats(about, after);
      if (refused !== undefined) chatsFrom = host.clock() + chatPauseMs;
      if (refused === undefined) host.report({ state: 'ok' });
      else host.report({ state: 'trouble', text: `direct messages cannot be read: ${refused}. Does the app password allow them?` });
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

async function readPosts(about: Round, before: Cursor): Promise<Cursor> {
  const { look } = about;
  const since = asText(before['notifications']);
  if (since === undefined) return keep(about, { ...before, ...await begin(about) }, []);
  const { events, newest } = await notificationsSince(look, since, Number(before['begun'] ?? 0));
  const cursor = await keep(about, { ...before, notifications: newest }, events);
  const own = (await ownPosts(look)).filter((event) => event.occurredAt === undefined || event.occurredAt >= Number(cursor['ownSince'] ?? 0));
  return keep(about, cursor, own);
}

/** Why chats are refused, where they are: posts go on all the same. */
async function readChats(about: Round, before: Cursor): Promise<string | undefined> {
  const { look } = about;
  let cursor = before;
  try {
    if (asText(cursor['chat']) === undefined) cursor = await keep(about, { ...cursor, chat: await newestRev(look) }, []);
    for (let logs = 0; logs < logsOfARound; logs += 1) {
      const page = await chatLog(look, asText(cursor['chat']) ?? '');
      cursor = await keep(about, { ...cursor, chat: page.rev }, page.events);
      if (!page.more) return undefined;
    }
    return undefined;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'not_signed_in' || error.code === 'forbidden')) return error.message;
    throw error;
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
