import type { InboxReads, Page, Viewer } from '../api.js';
import type { Core } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { Agent, Team } from '../model/people.js';
import { visibleTo } from '../permission.js';
import { decodeCursor, encodeCursor } from './cursors.js';

/** One query for a list page of any view. */
export async function listConversations(core: Pick<Core, 'store'>, viewer: Viewer, query: Parameters<InboxReads['list']>[1]): Promise<Page<Conversation>> {
  const visible = visibleTo(viewer);
  const items = await core.store.now.conversations.list({
    view: query.view, agentId: viewer.agentId, limit: query.limit + 1,
    ...(visible === undefined ? {} : { visible }),
    ...(query.teamId === undefined ? {} : { teamId: query.teamId }),
    ...(query.channelId === undefined ? {} : { channelId: query.channelId }),
    ...(query.cursor === undefined ? {} : { after: decodeCursor(query.cursor, ['number', 'string'] as const) }),
  });
  const page = items.slice(0, query.limit);
  const last = page.at(-1);
  if (items.length <= query.limit || last === undefined) return { items: page };
  return { items: page, cursor: encodeCursor([query.view === 'waiting' ? last.waitingSince ?? 0 : last.lastMessageAt, last._id]) };
}

/** The kept counts, summed over what this viewer may see. One query by ids. */
export async function viewCounts(core: Pick<Core, 'store'>, viewer: Viewer, teams: readonly Team[]): Promise<Awaited<ReturnType<InboxReads['counts']>>> {
  const all = teams.map((team) => team._id);
  const mine = viewer.role === 'administrator' ? ['-', ...all] : ['-', ...all.filter((id) => viewer.teamIds.includes(id))];
  const foreign = viewer.role === 'administrator' ? [] : all.filter((id) => !viewer.teamIds.includes(id));
  const buckets = ['active', 'waiting', 'unassigned', 'snoozed', 'resolved', 'spam'] as const;
  const keys = [
    ...buckets.flatMap((bucket) => mine.map((team) => `${bucket}:${team}`)),
    `mine:${viewer.agentId}`,
    ...foreign.flatMap((team) => [`mine:${viewer.agentId}:${team}`, `minewaiting:${viewer.agentId}:${team}`, ...['snoozed', 'resolved', 'spam'].map((shelf) => `${shelf}of:${viewer.agentId}:${team}`)]),
  ];
  const counts = await core.store.now.conversations.counts(keys);
  const at = (key: string): number => Math.max(0, counts.get(key) ?? 0);
  const sum = (bucket: string): number => mine.reduce((total, team) => total + at(`${bucket}:${team}`), 0);
  const foreignOwn = (prefix: string): number => foreign.reduce((total, team) => total + at(`${prefix}:${viewer.agentId}:${team}`), 0);
  return {
    mine: at(`mine:${viewer.agentId}`),
    unassigned: sum('unassigned'),
    waiting: sum('waiting') + foreignOwn('minewaiting'),
    open: sum('active') + foreignOwn('mine'),
    snoozed: sum('snoozed') + foreignOwn('snoozedof'),
    resolved: sum('resolved') + foreignOwn('resolvedof'),
    spam: sum('spam') + foreignOwn('spamof'),
    teams: Object.fromEntries(mine.filter((team) => team !== '-').map((team) => [team, at(`active:${team}`)])),
  };
}

/** How many open conversations each agent has: kept, not counted. */
export async function agentLoads(core: { store: { now: Pick<Core['store']['now'], 'conversations'> } }, agents: readonly Agent[]): Promise<Agent[]> {
  const counts = await core.store.now.conversations.counts(agents.map((agent) => `mine:${agent._id}`));
  return agents.map((agent) => ({ ...agent, load: Math.max(0, counts.get(`mine:${agent._id}`) ?? 0) }));
}
