import type { InboundEvent } from '../../inbox/model/event.js';
import { asList, asText, field } from '../lib/read-json.js';
import { type BlueskyClient, wanted } from './client.js';
import { overlapMs, pageSize } from './limits.js';
import { parseNotification, parseOwn, type ParseContext } from './parse.js';
import { type Members, parseLogEntry } from './parse-chat.js';

/** What looking at the service needs. */
export interface Look {
  client: BlueskyClient;
  channelId: string;
  did: string;
  clock: () => number;
  /** What was handed on lately, so that a page that is read again costs nothing. The ledger knows it all the same. */
  seen: Set<string>;
  /** Members of chats as they were asked. */
  members: Map<string, readonly unknown[]>;
  /** Names of the people we have read from, by DID. */
  names: Map<string, string>;
}

const pagesOfALook = 20;
const seenMax = 5_000;

function contextOf(look: Look): ParseContext {
  return { channelId: look.channelId, did: look.did, receivedAt: look.clock() };
}

/** Notifications since a time, the oldest first; the list is only given newest first, page by page. `newest`: where the next look begins. */
export async function notificationsSince(look: Look, since: string, notBefore: number): Promise<{ events: InboundEvent[]; newest: string; complete: boolean }> {
  const reach = Math.max(notBefore, Date.parse(since) - overlapMs);
  const found: unknown[] = [];
  let newest = since;
  let cursor: string | undefined;
  let complete = false;
  for (let pages = 0; pages < pagesOfALook && !complete; pages += 1) {
    const query: [string, string][] = [['limit', String(pageSize)], ...(cursor === undefined ? [] : [['cursor', cursor] as [string, string]])];
    const answer = wanted(await look.client.get('app.bsky.notification.listNotifications', { query }), look.clock());
    const list = asList(field(answer, 'notifications'));
    found.push(...list);
    for (const entry of list) {
      const at = asText(field(entry, 'indexedAt')) ?? '';
      if (Date.parse(at) > Date.parse(newest)) newest = at;
    }
    cursor = asText(field(answer, 'cursor'));
    complete = cursor === undefined || list.length === 0 || list.some((entry) => Date.parse(asText(field(entry, 'indexedAt')) ?? '') < reach);
  }
  const recent = found.filter((entry) => !(Date.parse(asText(field(entry, 'indexedAt')) ?? '') < reach)).reverse();
  for (const entry of recent) learnName(look, field(entry, 'author'));
  return { events: fresh(look, recent.map((entry) => parseNotification(entry, contextOf(look)))), newest, complete };
}

/** When the newest notification came; the beginning of time where there is none. */
export async function newestNotification(look: Look): Promise<string> {
  const answer = wanted(await look.client.get('app.bsky.notification.listNotifications', { query: [['limit', '1']] }), look.clock());
  return asText(field(answer, 'notifications', 0, 'indexedAt')) ?? new Date(0).toISOString();
}

/** The newest posts of our own repository: what a colleague wrote elsewhere. */
export async function ownPosts(look: Look): Promise<InboundEvent[]> {
  const query: [string, string][] = [['repo', look.did], ['collection', 'app.bsky.feed.post'], ['limit', '25']];
  const answer = wanted(await look.client.get('com.atproto.repo.listRecords', { query }), look.clock());
  return fresh(look, [...asList(field(answer, 'records'))].reverse().map((row) => parseOwn(row, contextOf(look), (did) => look.names.get(did))));
}

/** The chat log behind a revision, in order, and the revision it ends at. */
export async function chatLog(look: Look, since: string): Promise<{ events: InboundEvent[]; rev: string; more: boolean }> {
  const answer = wanted(await look.client.get('chat.bsky.convo.getLog', { chat: true, query: since === '' ? [] : [['cursor', since]] }), look.clock());
  const logs = asList(field(answer, 'logs'));
  for (const convoId of new Set(logs.flatMap((entry) => asText(field(entry, 'convoId')) ?? []))) await learnMembers(look, convoId);
  const rev = asText(field(answer, 'cursor')) ?? since;
  const members: Members = look.members;
  return { events: fresh(look, logs.map((entry) => parseLogEntry(entry, contextOf(look), members))), rev, more: logs.length > 0 && rev !== since };
}

/** The newest revision of any chat: where following the log begins. */
export async function newestRev(look: Look): Promise<string> {
  const answer = wanted(await look.client.get('chat.bsky.convo.listConvos', { chat: true, query: [['limit', '1']] }), look.clock());
  return asText(field(answer, 'convos', 0, 'rev')) ?? '';
}

async function learnMembers(look: Look, convoId: string): Promise<void> {
  if (look.members.has(convoId)) return;
  const answer = await look.client.get('chat.bsky.convo.getConvo', { chat: true, query: [['convoId', convoId]] });
  // A chat that we have left, or may not see any more: its people stay nameless.
  const people = answer.status === 400 || answer.status === 403 || answer.status === 404 ? [] : asList(field(wanted(answer, look.clock()), 'convo', 'members'));
  look.members.set(convoId, people);
  const [oldest] = look.members.keys();
  if (look.members.size > 1_000 && oldest !== undefined) look.members.delete(oldest);
}

function learnName(look: Look, author: unknown): void {
  const [did, name, handle] = [asText(field(author, 'did')), asText(field(author, 'displayName')), asText(field(author, 'handle'))];
  const shown = name === undefined || name === '' ? handle : name;
  if (did !== undefined && shown !== undefined) look.names.set(did, shown);
  const [oldest] = look.names.keys();
  if (look.names.size > 2_000 && oldest !== undefined) look.names.delete(oldest);
}

function fresh(look: Look, events: InboundEvent[]): InboundEvent[] {
  return events.filter((event) => !look.seen.has(event.eventId));
}

/** To be called when events are durable. */
export function noteSeen(look: Look, events: readonly InboundEvent[]): void {
  for (const event of events) look.seen.add(event.eventId);
  for (const oldest of look.seen) {
    if (look.seen.size <= seenMax) break;
    look.seen.delete(oldest);
  }
}
