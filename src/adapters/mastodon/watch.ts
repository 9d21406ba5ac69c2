import type { InboundEvent } from '../../inbox/model/event.js';
import type { Json } from '../../inbox/model/common.js';
import { asList, asObject, asText, field } from '../lib/read-json.js';
import { wanted } from './client.js';
import type { Look } from './follow.js';
import { eventIds, statusId, threadKey } from './ids.js';
import { askedAtOnce, watched } from './limits.js';
import { type ParseContext, parseChanged } from './parse.js';

/** One post of a customer that may still be changed or taken back: nobody is told of that, so it is looked at. */
export interface Watched {
  id: string;
  at: number;
  editedAt: string;
  key: string;
  [key: string]: Json;
}

/** The cursor's list as it was kept. */
export function readWatched(value: unknown): Watched[] {
  return asList(value).flatMap((row) => {
    const [id, editedAt, key] = [asText(field(row, 'id')), asText(field(row, 'editedAt')), asText(field(row, 'key'))];
    const at = Number(field(row, 'at'));
    return id === undefined || editedAt === undefined || key === undefined || Number.isNaN(at) ? [] : [{ id, at, editedAt, key }];
  });
}

/** With the customers' posts of a page added: the newest ones, none older than a day. */
export function withPosts(list: readonly Watched[], posts: readonly unknown[], look: Look): Watched[] {
  const now = look.clock();
  const fresh = posts.flatMap((status): Watched[] => {
    const id = statusId(field(status, 'id'));
    const author = asText(field(status, 'account', 'id'));
    if (id === undefined || author === undefined || author === look.context.me.accountId || list.some((row) => row.id === id)) return [];
    const visibility = asText(field(status, 'visibility')) ?? 'direct';
    return [{ id, at: now, editedAt: asText(field(status, 'edited_at')) ?? '', key: threadKey(visibility, look.roots.get(id) ?? asText(field(status, 'in_reply_to_id')) ?? id, author) }];
  });
  return [...list, ...fresh].filter((row) => now - row.at < watched.forMs).slice(-watched.count);
}

/** Looks at all of them again: what was edited, what is gone, and the list as it is now. A server that cannot be asked for several tells nothing. */
export async function lookAgain(list: readonly Watched[], look: Look): Promise<{ events: InboundEvent[]; list: Watched[] }> {
  const events: InboundEvent[] = [];
  const kept: Watched[] = [];
  const context: ParseContext = { ...look.context, roots: look.roots, receivedAt: look.clock() };
  for (let at = 0; at < list.length; at += askedAtOnce) {
    const rows = list.slice(at, at + askedAtOnce);
    const answer = await look.client('/api/v1/statuses', { query: rows.map((row) => ['id[]', row.id] as const) });
    // Before Mastodon 4.3 there was no such question.
    if (answer.status === 404 || answer.status === 405) return { events: [], list: [...list] };
    const found = new Map(asList(wanted(answer, look.clock())).map((status) => [asText(field(status, 'id')), status]));
    for (const row of rows) {
      const status = found.get(row.id);
      if (asObject(status) === undefined) {
        if (await isGone(row, look)) events.push({ channelId: context.channelId, eventId: eventIds.removal(row.id), receivedAt: context.receivedAt, verifiedBy: 'connection', type: 'delete', target: row.id, threadKey: row.key, by: 'author' });
        else kept.push(row);
        continue;
      }
      const editedAt = asText(field(status, 'edited_at')) ?? '';
      const change = editedAt === row.editedAt ? undefined : parseChanged(status, context);
      if (change !== undefined) events.push({ ...change, ...(change.type === 'edit' ? { threadKey: row.key } : {}) });
      kept.push({ ...row, editedAt });
    }
  }
  return { events, list: kept };
}

/** A post that is left out of a list may also be one that we may not read now; only "not found" for itself counts. */
async function isGone(row: Watched, look: Look): Promise<boolean> {
  const answer = await look.client(`/api/v1/statuses/${encodeURIComponent(row.id)}`);
  return answer.status === 404 || answer.status === 410;
}
