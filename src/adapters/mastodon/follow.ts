import { AppError } from '../../errors.js';
import type { InboundEvent } from '../../inbox/model/event.js';
import { asList, asText, field } from '../lib/read-json.js';
import { type MastodonClient, wanted } from './client.js';
import { pageSize } from './limits.js';
import { answeredBy, type ParseContext, parseNotification, parseOwn } from './parse.js';

/** What one look at the server needs. */
export interface Look {
  client: MastodonClient;
  /** All of `ParseContext` but what is looked up for each page. */
  context: Omit<ParseContext, 'receivedAt' | 'roots'>;
  /** Roots of threads as they were found; kept while the connection is held, the oldest forgotten. */
  roots: Map<string, string>;
  clock: () => number;
}

export interface Page {
  events: InboundEvent[];
  /** Posts of customers in it, to be watched for changes. */
  posts: unknown[];
  /** Id of the newest entry; absent: there was nothing. */
  newest?: string;
}

const rootsMax = 1_000;

/** Notifications behind `minId`, the oldest first, at most a page. Those that the server would hold back from strangers are asked for too. */
export async function newNotifications(look: Look, minId: string): Promise<Page> {
  const query = [['limit', String(pageSize)], ['min_id', minId], ['include_filtered', 'true']] as const;
  const list = [...asList(wanted(await look.client('/api/v1/notifications', { query }), look.clock()))].reverse();
  return pageOf(look, list, { statusOf: (entry) => field(entry, 'status'), parse: parseNotification });
}

/** Our own account's posts behind `minId`, the oldest first, at most a page. */
export async function ownStatuses(look: Look, minId: string): Promise<Page> {
  const query = [['limit', String(pageSize)], ['min_id', minId], ['exclude_reblogs', 'true']] as const;
  const path = `/api/v1/accounts/${encodeURIComponent(look.context.me.accountId)}/statuses`;
  const list = [...asList(wanted(await look.client(path, { query }), look.clock()))].reverse();
  return pageOf(look, list, { statusOf: (entry) => entry, parse: parseOwn });
}

/** Notifications before `maxId`, the newest first: for filling a gap. */
export async function olderNotifications(look: Look, maxId: string | undefined): Promise<{ page: Page; oldest?: string; oldestAt: number }> {
  const query = [['limit', String(pageSize)], ['include_filtered', 'true'], ...(maxId === undefined ? [] : [['max_id', maxId] as const])] as const;
  const list = asList(wanted(await look.client('/api/v1/notifications', { query }), look.clock()));
  const oldest = asText(field(list.at(-1), 'id'));
  const page = await pageOf(look, [...list].reverse(), { statusOf: (entry) => field(entry, 'status'), parse: parseNotification });
  return { page, ...(oldest === undefined ? {} : { oldest }), oldestAt: Date.parse(asText(field(list.at(-1), 'created_at')) ?? '') };
}

async function pageOf(look: Look, list: readonly unknown[], read: { statusOf: (entry: unknown) => unknown; parse: (entry: unknown, context: ParseContext) => InboundEvent }): Promise<Page> {
  for (const entry of list) await learnRoot(look, read.statusOf(entry));
  const context: ParseContext = { ...look.context, roots: look.roots, receivedAt: look.clock() };
  const newest = asText(field(list.at(-1), 'id'));
  return { events: list.map((entry) => read.parse(entry, context)), posts: list.map(read.statusOf), ...(newest === undefined ? {} : { newest }) };
}

/** A post tells what it answers, not where its thread begins: that is asked once. A thread whose beginning is gone begins at what is left of it. */
async function learnRoot(look: Look, status: unknown): Promise<void> {
  const answered = answeredBy(status);
  if (answered === undefined || look.roots.has(answered.id)) return;
  let root = look.roots.get(answered.parent);
  if (root === undefined) {
    const answer = await look.client(`/api/v1/statuses/${encodeURIComponent(answered.id)}/context`);
    root = answer.status === 404 ? undefined : asText(field(wanted(answer, look.clock()), 'ancestors', 0, 'id'));
  }
  look.roots.set(answered.id, root ?? answered.parent);
  const [oldest] = look.roots.keys();
  if (look.roots.size > rootsMax && oldest !== undefined) look.roots.delete(oldest);
}

/** The newest id of a list, where following it begins; '0' when it is empty. */
export async function newestId(look: Look, path: string): Promise<string> {
  const list = wanted(await look.client(path, { query: [['limit', '1']] }), look.clock());
  if (!Array.isArray(list)) throw new AppError('connection_failed', 'the server answered with something that is no list');
  return asText(field(list, 0, 'id')) ?? '0';
}
