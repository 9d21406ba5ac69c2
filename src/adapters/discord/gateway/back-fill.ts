import type { InboundEvent } from '../../../inbox/model/event.js';
import { asList, asObject } from '../../lib/read-json.js';
import { DiscordRefusal, type DiscordApi } from '../api.js';
import { isNewer, type Snowflake, snowflake } from '../ids.js';
import { pageSize } from '../limits.js';
import { patiently } from '../patience.js';
import { parse, type ParseFacts } from '../parse.js';
import type { PlaceBook } from '../place-book.js';
import { type ChannelFacts, isForum, isThread, type Place, readChannel } from '../places.js';

export interface BackFillContext {
  api: DiscordApi;
  places: PlaceBook;
  /** What `parse` needs besides the place. */
  facts: Omit<ParseFacts, 'place' | 'sessionId'>;
  /** Called with each page, in order; what it throws ends the reading. */
  take: (events: InboundEvent[], page: { channel: string; newest: string }) => Promise<void>;
  isStopped: () => boolean;
  /** Roles of authors that were asked for. */
  members?: Map<string, Promise<unknown>>;
}

export interface BackFillResult {
  found: number;
  /** Channels that were chosen and cannot be read, each with why. */
  unreadable: string[];
}

/**
 * Reads what was written behind `after(channel)`: in the chosen channels, their threads and forum posts, active or put
 * away since `since`, and in the direct messages of `direct`, which Discord lists to no bot. Throws for what may go better later.
 */
export async function backFill(given: BackFillContext, from: { direct: Iterable<string>; after: (channel: string) => Snowflake; since: number }): Promise<BackFillResult> {
  const context = { ...given, members: new Map<string, Promise<unknown>>() };
  const result: BackFillResult = { found: 0, unreadable: [] };
  for (const [id, place] of await placesToRead(context, from, result)) {
    if (context.isStopped()) break;
    const readable = await refusedAs(undefined, async () => {
      result.found += await readChannelFrom(place, from.after(id), context);
      return true;
    });
    if (readable === undefined && place.kind === 'channel') result.unreadable.push(`${id}: the bot may not read its history`);
  }
  return result;
}

/** What is wrong with a chosen channel that is not there, or not for the bot to see. */
export function unseen(channel: string): string {
  return `${channel}: the bot does not see it`;
}

async function placesToRead(context: BackFillContext, from: { direct: Iterable<string>; after: (channel: string) => Snowflake; since: number }, result: BackFillResult): Promise<Map<string, Place>> {
  const { api, places } = context;
  const read = new Map<string, Place>();
  for (const id of from.direct) read.set(id, { kind: 'direct', id });
  const chosen: ChannelFacts[] = [];
  for (const id of api.settings.channels) {
    const channel = await places.channel(id);
    if (channel === undefined) result.unreadable.push(unseen(id));
    else chosen.push(channel);
  }
  // What the listing of threads tells is fresh; of the chosen channels we may have learned long ago.
  const threads = (await threadsOf(chosen, context, from.since)).filter(({ id, lastMessageId }) => lastMessageId === undefined || isNewer(lastMessageId, from.after(id)));
  for (const channel of [...chosen.filter((one) => !isForum(one)), ...threads]) {
    const place = await places.find(channel.id, { isGuild: true });
    if (place.kind !== 'elsewhere') read.set(channel.id, place);
  }
  return read;
}

async function threadsOf(chosen: readonly ChannelFacts[], context: BackFillContext, since: number): Promise<ChannelFacts[]> {
  const { api, places } = context;
  const parents = new Map(chosen.filter((one) => !isThread(one)).map((one) => [one.id, one]));
  const guilds = new Set(chosen.map((one) => one.guildId).filter((id): id is string => id !== undefined));
  const found: ChannelFacts[] = [];
  const keep = (answer: unknown, guildId?: string): void => {
    for (const thread of asList(asObject(answer)?.['threads'])) {
      const read = readChannel(thread, guildId);
      if (read?.parentId === undefined || !parents.has(read.parentId)) continue;
      places.note('THREAD_UPDATE', thread);
      found.push(read);
    }
  };
  for (const guildId of guilds) keep(await refusedAs({}, () => patiently(context.isStopped, () => api.ask('GET', `/guilds/${guildId as Snowflake}/threads/active`))), guildId);
  const active = found.length;
  for (const parent of parents.values()) keep(await refusedAs({}, () => patiently(context.isStopped, () => api.ask('GET', `/channels/${parent.id as Snowflake}/threads/archived/public`, { query: { limit: '50' } }))), parent.guildId);
  return found.filter((thread, index) => index < active || (thread.archivedAt ?? Infinity) >= since);
}

async function readChannelFrom(place: Place, start: Snowflake, context: BackFillContext): Promise<number> {
  let after = start;
  let found = 0;
  while (!context.isStopped()) {
    const answer = await patiently(context.isStopped, () => context.api.ask('GET', `/channels/${place.id as Snowflake}/messages`, { query: { after, limit: String(pageSize) } }));
    const page = asList(answer).map(asObject).filter((message): message is Record<string, unknown> => snowflake(message?.['id']) !== undefined);
    // Newest first, as Discord gives them.
    page.sort((a, b) => (isNewer(String(a['id']), String(b['id'])) ? 1 : -1));
    const newest = snowflake(page.at(-1)?.['id']);
    if (newest === undefined) return found;
    const events = (await Promise.all(page.map((message) => readMessage(message, place, context)))).flat();
    await context.take(events, { channel: place.id, newest });
    found += events.length;
    if (page.length < pageSize || !isNewer(newest, after)) return found;
    after = newest;
  }
  return found;
}

/** As the gateway would have told it: a message, and its last change where there was one. */
async function readMessage(message: Record<string, unknown>, place: Place, context: BackFillContext): Promise<InboundEvent[]> {
  const data = { ...message, channel_id: place.id, ...await memberOf(message, place, context) };
  return parse({ kind: 'MESSAGE_CREATE', sequence: 0, data }, { ...context.facts, place, sessionId: `history:${String(message['id'])}` }).events;
}

/** Histories tell no roles; they are asked for only where colleagues are known by them. */
async function memberOf(message: Record<string, unknown>, place: Place, context: BackFillContext): Promise<{ member?: unknown }> {
  const { api, facts, members } = context;
  const author = asObject(message['author']);
  const id = snowflake(author?.['id']);
  if (facts.colleagueRoles.size === 0 || id === undefined || author?.['bot'] === true || (place.kind !== 'channel' && place.kind !== 'thread')) return {};
  const key = `${place.guildId}:${id}`;
  const asked = members?.get(key) ?? refusedAs(undefined, () => patiently(context.isStopped, () => api.ask('GET', `/guilds/${place.guildId as Snowflake}/members/${id}`)));
  members?.set(key, asked);
  const member = await asked;
  return member === undefined ? {} : { member };
}

/** Where Discord lets us see nothing (any more) there is nothing to read. */
async function refusedAs<T>(instead: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof DiscordRefusal && (error.status === 403 || error.status === 404)) return instead;
    throw error;
  }
}
