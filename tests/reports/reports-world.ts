import type { Viewer } from '../../src/inbox/api.js';
import type { TimeRules } from '../../src/inbox/hours/place.js';
import type { Calendar } from '../../src/inbox/model/calendar.js';
import type { Channel } from '../../src/inbox/model/channel.js';
import type { Conversation } from '../../src/inbox/model/conversation.js';
import type { CaseFacts, Segment, Wait } from '../../src/inbox/model/wait.js';
import type { Workspace } from '../../src/inbox/model/people.js';
import type { Asking, ReportQuery } from '../../src/reports/api.js';
import { createReports, type ReportEngine } from '../../src/reports/create-reports.js';
import { scopeOf } from '../../src/reports/scope.js';
import { type AllCollections, collectionSpecs, openInboxStore } from '../../src/store/collections/collections.js';
import type { Engine } from '../../src/store/driver.js';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** A Monday, nine in the morning in UTC. */
export const monday = Date.UTC(2026, 9, 5, 9, 0, 0);

/** Monday to Friday, nine to five in UTC. */
export const nineToFive: Calendar = {
  _id: 'default', name: 'Office', createdAt: 0,
  versions: [{ timeZone: 'UTC', blocks: [0, 1, 2, 3, 4].map((weekday) => ({ day: weekday, from: 540, to: 1_020 })), exceptions: [], holidayDays: [], teamIds: [], channelIds: [], customerTags: [] }],
};
const rules: TimeRules = { calendars: [nineToFive], targets: [], defaultMinutes: 60, resolveHoldsMs: 72 * hour };
const quiet = { info: () => undefined, warn: () => undefined };

export interface WaitFacts extends Partial<Omit<Wait, 'answer' | 'target'>> {
  /** Length; absent: still open. */
  took?: number;
  by?: string;
  answerTeam?: string;
  dueIn?: number;
}

/** A store with agents and teams, the report engine over it, and short words for what a report is made from. */
export async function openReportsWorld(engine: Engine) {
  await engine.prepare(collectionSpecs);
  const inbox = openInboxStore(engine);
  const c: AllCollections = inbox.now;
  const time = { now: monday + 7 * day };
  const opened: ReportEngine[] = [];
  let numbers = 0;
  let changes = (await c.waits.newest()).changeSeq;
  const channels = new Map<string, Channel>([['chat', { _id: 'chat', kind: 'webchat', name: 'Shop chat', state: 'on', settings: {}, secrets: {}, createdAt: 0, changeSeq: 0 }]]);
  const next = (): number => (changes += 1);
  const open = (): ReportEngine => {
    const made = createReports({ c, times: () => rules, channels: () => channels, clock: () => time.now, log: quiet });
    opened.push(made);
    return made;
  };
  const world = {
    c, time, open, next, reports: open(),
    async addPeople(people: Record<string, string[]>): Promise<void> {
      for (const [id, teamIds] of Object.entries(people)) {
        await c.agents.insert({ _id: id, name: `${id[0]?.toUpperCase()}${id.slice(1)}`, email: `${id}@velowerk.example`, role: 'agent', teamIds, state: 'active', presence: 'online', capacity: 20, load: 0, createdAt: 0 });
      }
      for (const team of new Set(Object.values(people).flat())) await c.teams.insert({ _id: team, name: `Team ${team}`, createdAt: 0 });
    },
    /** Writes a wait; one that is over lay with whoever answered. */
    async wait(facts: WaitFacts = {}): Promise<Wait> {
      numbers += 1;
      const wait = waitOf(numbers, { changeSeq: next(), ...facts });
      await c.waits.insert(wait);
      return wait;
    },
    async change(wait: Wait, facts: Partial<Wait>): Promise<void> {
      const { _id: _, ...set } = facts;
      await c.waits.change(wait._id, { set: { ...set, changeSeq: next() } });
    },
    async conversation(facts: Partial<Omit<Conversation, 'facts'>> & { facts?: Partial<CaseFacts> } = {}): Promise<Conversation> {
      numbers += 1;
      const row = conversationOf(numbers, { changeSeq: next(), ...facts });
      await c.conversations.insert(row);
      return row;
    },
    close: async (): Promise<void> => {
      for (const each of opened) await each.stop();
    },
  };
  return world;
}

export type ReportsWorld = Awaited<ReturnType<typeof openReportsWorld>>;

/** Whoever asks, with what they may see. */
export function asking(now: number, viewer: Partial<Viewer> = {}, rulesOf: NonNullable<Workspace['reports']> = { agentsSeeOwn: true, hideNames: false }): Asking {
  const full: Viewer = { agentId: 'boss', role: 'administrator', teamIds: [], ...viewer };
  return { viewer: full, scope: scopeOf(full, { reports: rulesOf }), now };
}

/** The week that begins with `monday`. */
export function week(more: Partial<ReportQuery> = {}): ReportQuery {
  return { from: '2026-10-05', to: '2026-10-11', zone: 'UTC', compare: 'before', kind: 'any', time: 'calendar', ...more };
}

export function waitOf(n: number, facts: WaitFacts & { changeSeq: number }): Wait {
  const { took, by, answerTeam, dueIn, ...given } = facts;
  const from = given.from ?? monday;
  const state = given.state ?? (took === undefined ? 'open' : 'answered');
  const to = took === undefined ? {} : { to: from + took };
  const team = given.teamId === undefined ? {} : { teamId: given.teamId };
  const segments: Segment[] = given.segments ?? [{ from, by: by === undefined ? 'unassigned' : 'agent', ...(by === undefined ? {} : { agentId: by }), ...team }];
  const conversationId = given.conversationId ?? `c${n}`;
  const answerer = answerTeam ?? given.teamId;
  return {
    _id: `chat:w${n}`, n, conversationId, customerId: `p${n}`, channelId: 'chat', kind: 'first', known: false, priority: 'normal', tags: [], fromReceivedAt: from, firstSeq: 1, asks: [],
    ...given, from, state, segments, ...to,
    ...(state === 'answered' ? { answer: { messageId: `chat:a${n}`, conversationId, by: 'agent' as const, name: by ?? 'ana', agentId: by ?? 'ana', channelId: 'chat', ...(answerer === undefined ? {} : { teamId: answerer }) } } : {}),
    ...(dueIn === undefined ? {} : { target: { id: 'default', name: 'Answer target', ms: dueIn, hours: 'calendar' as const, dueAt: from + dueIn, warnAt: from, why: 'the only one' } }),
  };
}

function conversationOf(n: number, given: Partial<Omit<Conversation, 'facts'>> & { changeSeq: number; facts?: Partial<CaseFacts> }): Conversation {
  const { facts, ...more } = given;
  return {
    _id: `c${n}`, channelId: 'chat', channelKind: 'webchat', channelName: 'Shop chat', threadKey: `t${n}`, customerId: `p${n}`, identityId: `i${n}`, customerName: `Customer ${n}`, status: 'open', shelf: 'active',
    priority: 'normal', owned: false, tags: [], lastSeq: 1, lastInSeq: 1, lastMessageAt: monday, readSeq: 0, ownership: 0, talkedAt: monday, preview: { text: '', by: 'customer', name: '' }, participants: [], createdAt: monday, ...more,
    facts: { n, firstAt: monday, known: false, touches: 0, asks: 1, transfers: 0, reopened: 0, waits: 1, ...facts },
  };
}
