import type { Viewer } from '../inbox/api.js';
import type { Core } from '../inbox/core.js';
import type { Millis } from '../inbox/model/common.js';
import type { Conversation } from '../inbox/model/conversation.js';
import type { Agent, Team } from '../inbox/model/people.js';
import { maySee } from '../inbox/permission.js';
import { agentLoads } from '../inbox/read/list.js';
import type { OpenWait, OpenWaits } from './open-waits.js';
import { type ReportScope, scopeOf, shownResponder } from './scope.js';

export interface WallRow {
  wait: OpenWait;
  conversation: Conversation;
  /** As this viewer may know them. */
  holder?: { id: string; name: string };
}

export interface WallTally {
  id: string;
  name: string;
  waiting: number;
  over: number;
  withinHour: number;
  unassigned: number;
  longestSince?: Millis;
}

export interface WallPerson {
  id: string;
  name: string;
  presence: Agent['presence'];
  load: number;
  capacity: number;
  waitingOnThem: number;
  overOnThem: number;
}

export interface WallPicture {
  now: Millis;
  scope: ReportScope;
  waiting: { customers: number; conversations: number; over: number; unassigned: number; withinHour: number; inPublic: number; longestSince?: Millis };
  rows: WallRow[];
  oldestUnassigned?: WallRow;
  soon: WallRow[];
  teams: WallTally[];
  channels: WallTally[];
  people: WallPerson[];
}

export interface WallFilter {
  /** `none`: what has no team. */
  team?: readonly string[];
  channel?: readonly string[];
}

type WallCore = Pick<Core, 'store' | 'clock' | 'channels'>;

export const noTeam = 'none';
const hourMs = 3_600_000;
const rowsShown = 50;
const soonShown = 20;

/** Who waits now, as this viewer may see it. Throws `forbidden` for agents where the workspace shows them no figures. */
export async function wallOf(core: WallCore, open: OpenWaits, asked: { viewer: Viewer; filter: WallFilter }): Promise<WallPicture> {
  const { viewer, filter } = asked;
  const { now: c } = core.store;
  const [workspace, agents, teams] = await Promise.all([c.settings.workspace(), c.agents.all(), c.teams.all()]);
  const scope = scopeOf(viewer, workspace);
  const now = core.clock();
  const waits = [...await open.now()].filter((wait) => maySee(viewer, wait) && meets(wait, filter));
  const picked = { rows: first(waits, rowsShown, byUrgency(now)), soon: first(waits.filter((wait) => dueSoon(wait, now)), soonShown, byDeadline), unassigned: first(waits.filter((wait) => wait.by === 'unassigned'), 1, bySince) };
  const toRow = await rowMaker(core, [...picked.rows, ...picked.soon, ...picked.unassigned], { viewer, scope, agents });
  const [oldestUnassigned] = picked.unassigned.flatMap(toRow);
  return {
    now, scope, waiting: countAll(waits, now), rows: picked.rows.flatMap(toRow), soon: picked.soon.flatMap(toRow),
    ...(oldestUnassigned === undefined ? {} : { oldestUnassigned }),
    teams: tallyTeams(waits, { now, teams: teams.filter((team) => viewer.role === 'administrator' || viewer.teamIds.includes(team._id)), filter }),
    channels: tally(waits, now, (wait) => wait.channelId, (id) => core.channels().get(id)?.name ?? 'A channel that is gone'),
    people: await peopleOf(core, waits, { now, scope, agents: agents.filter((agent) => isColleague(agent, viewer, scope)) }),
  };
}

/** The deadline has passed, whether or not somebody has written it down yet. */
export function isOver(wait: Pick<OpenWait, 'breachedAt' | 'dueAt'>, now: Millis): boolean {
  return wait.breachedAt !== undefined || (wait.dueAt !== undefined && wait.dueAt <= now);
}

function dueSoon(wait: OpenWait, now: Millis): boolean {
  return !isOver(wait, now) && wait.dueAt !== undefined && wait.dueAt <= now + hourMs;
}

function meets(wait: OpenWait, filter: WallFilter): boolean {
  return (filter.team === undefined || filter.team.includes(wait.teamId ?? noTeam)) && (filter.channel === undefined || filter.channel.includes(wait.channelId));
}

function countAll(waits: readonly OpenWait[], now: Millis): WallPicture['waiting'] {
  const { id: _id, name: _name, waiting, ...counts } = countUp({ id: '', name: '' }, waits, now);
  return { ...counts, customers: new Set(waits.map((wait) => wait.personId)).size, conversations: waiting, inPublic: waits.filter((wait) => wait.inPublic).length };
}

function countUp(key: { id: string; name: string }, waits: readonly OpenWait[], now: Millis): WallTally {
  const counts: WallTally = { ...key, waiting: waits.length, over: 0, withinHour: 0, unassigned: 0 };
  for (const wait of waits) {
    if (isOver(wait, now)) counts.over += 1;
    else if (dueSoon(wait, now)) counts.withinHour += 1;
    if (wait.by === 'unassigned') counts.unassigned += 1;
    if (counts.longestSince === undefined || wait.since < counts.longestSince) counts.longestSince = wait.since;
  }
  return counts;
}

function tally(waits: readonly OpenWait[], now: Millis, keyOf: (wait: OpenWait) => string, nameOf: (id: string) => string): WallTally[] {
  return [...grouped(waits, keyOf)].map(([id, mine]) => countUp({ id, name: nameOf(id) }, mine, now)).sort((a, b) => b.over - a.over || b.waiting - a.waiting || a.name.localeCompare(b.name));
}

function grouped(waits: readonly OpenWait[], keyOf: (wait: OpenWait) => string): Map<string, OpenWait[]> {
  const groups = new Map<string, OpenWait[]>();
  for (const wait of waits) {
    const key = keyOf(wait);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [wait]);
    else group.push(wait);
  }
  return groups;
}

/** Every team the viewer has, also those where nobody waits: that is worth seeing too. */
function tallyTeams(waits: readonly OpenWait[], given: { now: Millis; teams: readonly Team[]; filter: WallFilter }): WallTally[] {
  const names = new Map(given.teams.map((team) => [team._id, team.name]));
  const busy = tally(waits, given.now, (wait) => wait.teamId ?? noTeam, (id) => (id === noTeam ? 'No team' : names.get(id) ?? 'Another team'));
  const seen = new Set(busy.map((each) => each.id));
  const idle = given.teams.filter((team) => !seen.has(team._id) && (given.filter.team === undefined || given.filter.team.includes(team._id)));
  return [...busy, ...idle.map((team) => countUp({ id: team._id, name: team.name }, [], given.now)).sort((a, b) => a.name.localeCompare(b.name))];
}

/** One's own team mates; agents see themselves only. */
function isColleague(agent: Agent, viewer: Viewer, scope: ReportScope): boolean {
  if (agent.state !== 'active') return false;
  if (scope.of === 'everything' || agent._id === viewer.agentId) return true;
  return scope.of === 'teams' && agent.teamIds.some((id) => viewer.teamIds.includes(id));
}

async function peopleOf(core: Pick<Core, 'store'>, waits: readonly OpenWait[], given: { now: Millis; scope: ReportScope; agents: readonly Agent[] }): Promise<WallPerson[]> {
  const onThem = grouped(waits.filter((wait) => wait.by === 'agent'), (wait) => wait.holderId ?? '');
  const loaded = await agentLoads(core, given.agents);
  return loaded.map((agent) => {
    const mine = onThem.get(agent._id) ?? [];
    return { ...shownResponder(given.scope, { id: agent._id, name: agent.name }), presence: agent.presence, load: agent.load, capacity: agent.capacity, waitingOnThem: mine.length, overOnThem: mine.filter((wait) => isOver(wait, given.now)).length };
  }).sort((a, b) => (a.presence === b.presence ? b.overOnThem - a.overOnThem || b.waitingOnThem - a.waitingOnThem || a.name.localeCompare(b.name) : a.presence === 'online' ? -1 : 1));
}

/** Conversations in one query; what the viewer may not see any more by then is left out. */
async function rowMaker(core: Pick<Core, 'store'>, waits: readonly OpenWait[], given: { viewer: Viewer; scope: ReportScope; agents: readonly Agent[] }): Promise<(wait: OpenWait) => WallRow[]> {
  const found = waits.length === 0 ? [] : await core.store.now.conversations.getMany([...new Set(waits.map((wait) => wait.conversationId))]);
  const rows = new Map(found.map((row) => [row._id, row]));
  const names = new Map(given.agents.map((agent) => [agent._id, agent.name]));
  return (wait) => {
    const conversation = rows.get(wait.conversationId);
    if (conversation === undefined || !maySee(given.viewer, conversation)) return [];
    const holder = wait.holderId === undefined ? {} : { holder: shownResponder(given.scope, { id: wait.holderId, name: names.get(wait.holderId) ?? 'Somebody who left' }) };
    return [{ wait, conversation, ...holder }];
  };
}

/** Longest over, then soonest due, then longest waiting. */
function byUrgency(now: Millis): (a: OpenWait, b: OpenWait) => number {
  return (a, b) => {
    const over = Number(isOver(b, now)) - Number(isOver(a, now));
    return over === 0 ? byDeadline(a, b) : over;
  };
}

function byDeadline(a: OpenWait, b: OpenWait): number {
  const [one, other] = [a.dueAt ?? a.breachedAt ?? Infinity, b.dueAt ?? b.breachedAt ?? Infinity];
  return one === other ? bySince(a, b) : one - other;
}

function bySince(a: OpenWait, b: OpenWait): number {
  return a.since - b.since || (a.id < b.id ? -1 : 1);
}

/** The first few in this order, without putting all the others in order too. */
function first(waits: readonly OpenWait[], count: number, compare: (a: OpenWait, b: OpenWait) => number): OpenWait[] {
  const best: OpenWait[] = [];
  for (const wait of waits) {
    const last = best.at(-1);
    if (best.length === count && last !== undefined && compare(wait, last) >= 0) continue;
    const at = best.findIndex((other) => compare(wait, other) < 0);
    best.splice(at === -1 ? best.length : at, 0, wait);
    if (best.length > count) best.pop();
  }
  return best;
}
