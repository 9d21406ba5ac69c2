import type { ConversationDetail, ConversationRow, Me, MessageView, Staffing, Wall, WallRow } from '../../../web/src/lib/shapes.js';
import { row as plainRow } from './fixtures.js';
import type { Known } from './screen-world.js';

export const minute = 60_000;
export const hour = 60 * minute;

const agent = (id: string, name: string, change: Partial<Me['agent']> = {}): Me['agent'] => ({ id, name, email: `${id}@velowerk.example`, role: 'agent', teamIds: ['orders'], state: 'active', presence: 'online', capacity: 20, load: 3, ...change });
const lena = agent('lena', 'Lena Maurer', { role: 'lead', load: 7 });
const ana = agent('ana', 'Ana Neto', { load: 2 });
const jonas = agent('jonas', 'Jonas Thiel', { load: 20, teamIds: ['billing'] });
const piet = agent('piet', 'Piet Bakker', { presence: 'away', load: 0 });
const teams = [{ id: 'orders', name: 'Orders' }, { id: 'billing', name: 'Billing' }];
const channels: Me['channels'] = [
  { id: 'mail', kind: 'email', name: 'support@velowerk.example', state: 'on', actions: [], mirrorPlaces: [] },
  { id: 'slack', kind: 'slack', name: 'Slack, Velowerk', state: 'on', actions: [], mirrorPlaces: [] },
];

export function meAs(role: Me['agent']['role'] = 'lead'): Me {
  return {
    agent: { ...lena, role }, csrf: 'token', agents: [lena, ana, jonas, piet], teams, channels,
    counts: { mine: 1, unassigned: 2, waiting: 4, open: 4, snoozed: 0, resolved: 0, spam: 0, teams: { orders: 4, billing: 0 } },
    workspace: { companyName: 'Velowerk', answerTargetMinutes: 240, hours: { timeZone: 'Europe/Berlin', blocks: [] }, defaultLanguage: 'en', botName: 'Velo', botOn: true, demo: false, resolveHoldsHours: 72, reports: { agentsSeeOwn: false, hideNames: false } },
    preferences: {}, changeSeq: 1,
  };
}

/** Somebody who has waited so long for an answer that is due within four hours. */
export function waiting(id: string, name: string, waited: number, change: Partial<ConversationRow> = {}): ConversationRow {
  const since = Date.now() - waited;
  return plainRow({
    id, customer: { id: `c-${id}`, name }, subject: 'Cargo bike, order 48213', teamId: 'orders', waitingSince: since, lastMessageAt: since, createdAt: since,
    due: { at: since + 4 * hour, warnAt: since + 3 * hour, ms: 4 * hour, hours: 'business', name: 'Answers to orders', why: 'strictest of 2: Answers to orders, 4 h in business hours' },
    ...(waited >= 4 * hour ? { breachedAt: since + 4 * hour } : {}),
    preview: { text: 'The axle is wrong', by: 'customer', name }, ...change,
  });
}

export function onWall(conversation: ConversationRow): WallRow {
  const holder = [lena, ana, jonas].find((other) => other.id === conversation.assigneeId);
  return {
    conversation, since: conversation.waitingSince ?? 0, by: holder === undefined ? 'unassigned' : 'agent',
    ...(conversation.due === undefined ? {} : { dueAt: conversation.due.at, targetMs: conversation.due.ms, why: conversation.due.why }),
    ...(conversation.breachedAt === undefined ? {} : { breachedAt: conversation.breachedAt }),
    ...(holder === undefined ? {} : { holder: { id: holder.id, name: holder.name } }),
  };
}

/** The wall of these conversations, in the order in which they are given. */
export function wallOf(rows: readonly ConversationRow[]): Wall {
  const all = rows.map(onWall);
  const now = Date.now();
  const over = all.filter((each) => (each.dueAt ?? Infinity) <= now).length;
  const soon = all.filter((each) => each.dueAt !== undefined && each.dueAt > now && each.dueAt <= now + hour);
  const unassigned = all.filter((each) => each.by === 'unassigned');
  const first = unassigned[0];
  const longestSince = Math.min(...all.map((each) => each.since));
  const tally = { waiting: all.length, over, withinHour: soon.length, unassigned: unassigned.length, ...(all.length === 0 ? {} : { longestSince }) };
  return {
    now, waiting: { customers: all.length, conversations: all.length, over, unassigned: unassigned.length, withinHour: soon.length, inPublic: 0, ...(all.length === 0 ? {} : { longestSince }) },
    rows: all, soon, ...(first === undefined ? {} : { oldestUnassigned: first }),
    teams: [{ id: 'orders', name: 'Orders', ...tally }, { id: 'billing', name: 'Billing', waiting: 0, over: 0, withinHour: 0, unassigned: 0 }],
    channels: [{ id: 'mail', name: 'support@velowerk.example', ...tally }],
    people: [lena, ana, jonas, piet].map(({ id, name, presence, load, capacity }) => ({ id, name, presence, load, capacity, waitingOnThem: id === 'jonas' ? 2 : 0, overOnThem: id === 'jonas' ? 1 : 0 })),
  };
}

/** Open Monday to Friday from 9 to 17; two too few on Tuesday from 10 to 12. */
export function staffingWeek(): Staffing {
  const hours = Array.from({ length: 7 }, (_, day) => Array.from({ length: 24 }, (_hour, at) => {
    const open = day < 5 && at >= 9 && at < 17;
    const busy = day === 1 && (at === 10 || at === 11);
    return { arrivals: open ? (busy ? 14.2 : 6) : 0, needed: open ? (busy ? 4 : 2) : 0, present: open ? 2 : 0, open };
  }));
  return { model: 'erlang_c', assumptions: ['Questions come at random, at the mean rate of each hour.', 'Whoever is there answers one after the other.'], weeks: 8, targetMs: 240 * minute, share: 0.9, handlingMs: 9 * minute, concurrent: 1, presentBy: 'answers', hours };
}

/** Four who wait: over, due within the hour, past the half, and just begun. */
export function known(role: Me['agent']['role'] = 'lead'): Known {
  const rows = [
    waiting('ines', 'Ines Bauer', 5 * hour + 12 * minute + 10_000, { assigneeId: 'jonas', priority: 'high' }),
    waiting('malik', 'Malik Osei', 3 * hour + 21 * minute + 10_000),
    waiting('sofie', 'Sofie Rasmussen', 2 * hour + 30 * minute + 10_000),
    waiting('dmitri', 'Dmitri Volkov', 13 * minute + 10_000, { assigneeId: 'ana' }),
  ];
  return { me: meAs(role), rows, messages: [], wall: wallOf(rows), staffing: staffingWeek(), resolveHoldsHours: 72 };
}

export function detailOf(conversation: ConversationRow, messages: MessageView[]): ConversationDetail {
  return {
    conversation, messages, brief: { lines: [] },
    customer: { id: conversation.customer.id, name: conversation.customer.name, firstSeenAt: 0, lastSeenAt: 0, conversationCount: 1, identities: [], joins: [], history: [], mood: [], facts: [], tags: [], ...(conversation.waitingSince === undefined ? {} : { waitingSince: conversation.waitingSince }) },
    reply: { to: conversation.customer.name, cc: [], channelState: 'on', textMax: 10_000, textUnit: 'utf16', fileMax: 10_000_000, filesPerMessage: 5, partsMax: 1, markdown: false, templates: false },
    personSeen: 1, viewing: [],
  };
}
