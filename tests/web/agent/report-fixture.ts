import type { Definition, Figures, Me, Receipt, Report } from '../../../web/src/lib/shapes.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Sunday 22 November 2026, 17:00 in Berlin. */
export const reportNow = Date.UTC(2026, 10, 22, 16, 0);
const firstDay = Date.UTC(2026, 9, 26) - hour;

/** The company as it signs in: Ruth leads it. */
export const reportMe: Me = {
  agent: person('ruth', 'Ruth Adler', 'administrator', []), csrf: 'token', counts: { mine: 0, unassigned: 0, waiting: 3, open: 9, snoozed: 1, resolved: 40, spam: 0, teams: {} },
  agents: [person('ruth', 'Ruth Adler', 'administrator', []), person('lena', 'Lena Maas', 'agent', ['orders']), person('ana', 'Ana Novak', 'agent', ['workshop']), person('jonas', 'Jonas Thiel', 'agent', ['orders']), person('piet', 'Piet Bakker', 'agent', ['billing'])],
  teams: [{ id: 'orders', name: 'Orders' }, { id: 'workshop', name: 'Workshop' }, { id: 'billing', name: 'Billing' }],
  workspace: { companyName: 'Velowerk', answerTargetMinutes: 240, hours: { timeZone: 'Europe/Berlin', blocks: [] }, defaultLanguage: 'en', botName: 'Bo', botOn: true, demo: true, resolveHoldsHours: 72, reports: { agentsSeeOwn: false, hideNames: false } },
  channels: [{ id: 'mail', kind: 'email', name: 'support@velowerk.example', state: 'on', actions: [], mirrorPlaces: [] }, { id: 'chat', kind: 'webchat', name: 'velowerk.example', state: 'on', actions: [], mirrorPlaces: [] }],
  preferences: {}, changeSeq: 1,
};

function person(id: string, name: string, role: Me['agent']['role'], teamIds: string[]): Me['agent'] {
  return { id, name, email: `${id}@velowerk.example`, role, teamIds, state: 'active', presence: 'online', capacity: 10, load: 2 };
}

export function figures(change: Partial<Figures> = {}): Figures {
  const lengths = { answered: { p50: 27 * minute, p90: 112 * minute, p95: 180 * minute }, all: { p50: 28 * minute, p90: 124 * minute, p95: 200 * minute } };
  return {
    waits: 480, answered: 470, answeredByBot: 3, notNeeded: 4, abandoned: 0, open: 3, calendar: lengths, business: lengths,
    target: { within: 412, over: 62, undecided: 2, answeredWithin: 412, answeredOver: 59 }, ...change,
  };
}

const p90s = [120, 110, 136, 126, 105, 72, 66, 122, 130, 160, 137, 110, 70, 64, 108, 104, 116, 228, 121, 70, 59, 94, 90, 100, 98, 85, 55, 51];

export function report(change: Partial<Report> = {}): Report {
  const earlier = figures({ business: { answered: { p50: 33 * minute, p90: 143 * minute }, all: {} } });
  const cases: Report['cases']['now'] = {
    conversations: 402, resolved: 371, resolution: { calendar: { p50: 20 * hour }, business: { p50: 7 * hour } }, timeToAssign: { p50: 12 * minute }, reopened: 14, transfers: 31,
    touches: { total: 903, median: 2 }, contactsUntilSolved: { customers: 300, once: 255, median: 1 }, bot: { helped: 40, handedOver: 310, silent: 52 },
  };
  return {
    now: reportNow, period: { from: firstDay, to: firstDay + 28 * day, firstDay: '2026-10-26', lastDay: '2026-11-22', timeZone: 'Europe/Berlin' },
    before: { from: firstDay - 28 * day, to: firstDay, firstDay: '2026-09-28', lastDay: '2026-10-25' },
    scope: { of: 'everything', teamIds: [], names: true }, exact: true, time: 'business', kind: 'first',
    totals: { now: figures(), before: earlier }, cases: { now: cases, before: { ...cases, reopened: 20 } },
    owed: { customers: 3, oldestSince: reportNow - 312 * minute, inPublic: 1, overdue: 1 },
    trend: p90s.map((value, index) => ({
      day: new Date(firstDay + index * day + 12 * hour).toISOString().slice(0, 10), from: firstDay + index * day, to: firstDay + (index + 1) * day, waits: 17, answered: 17, over: index === 17 ? 6 : 2,
      p50: (value / 4.2) * minute, p90: value * minute, before: { waits: 20, p50: (value / 3.6) * minute, p90: Math.min(170, value * 1.2) * minute },
    })),
    remark: { day: '2026-11-12', value: 228 * minute, text: 'Thu 12 Nov stands out: 3 h 48 m, two of five were away.', pick: 'day:2026-11-12', why: { usual: 40 * minute } },
    heat: {
      arrivals: Array.from({ length: 7 }, (_, weekday) => Array.from({ length: 24 }, (_, each) => (each < 6 || each > 21 ? 0 : weekday > 4 ? 1 : 3 + ((each * 7) % 5)))),
      waiting: Array.from({ length: 7 }, (_, weekday) => Array.from({ length: 24 }, (_, each) => (each < 6 || each > 21 ? null : (weekday === 1 && each === 13 ? 140 : weekday > 4 ? 8 : 12 + ((each * 11) % 50)) * minute))),
    },
    histogram: [0, 5, 15, 30, 60, 120, 240, 480, 1_440].map((from, index, all) => ({ from: from * minute, ...(all[index + 1] === undefined ? {} : { to: (all[index + 1] ?? 0) * minute }), count: [22, 90, 140, 118, 62, 28, 8, 2, 0][index] ?? 0 })),
    curve: [0, 5, 15, 30, 60, 120, 240, 480].map((at, index) => ({ at: at * minute, answered: [0, 0.05, 0.24, 0.54, 0.79, 0.92, 0.98, 1][index] ?? 0, all: [0, 0.05, 0.23, 0.52, 0.77, 0.9, 0.96, 0.98][index] ?? 0 })),
    where: [{ by: 'unassigned', ms: 46 * hour, share: 0.46 }, { by: 'agent', ms: 33 * hour, share: 0.33 }, { by: 'snoozed', ms: 14 * hour, share: 0.14 }, { by: 'bot', ms: 7 * hour, share: 0.07 }],
    breaches: [{ reason: 'unassigned', count: 31 }, { reason: 'agent', count: 18 }, { reason: 'snoozed', count: 13 }],
    notNeeded: [{ key: { id: 'jonas', name: 'Jonas Thiel' }, count: 4 }], groupBy: 'responder',
    groups: [group('jonas', 'Jonas Thiel', [231, 31, 160, 78]), group('lena', 'Lena Maas', [214, 18, 58, 94]), group('ana', 'Ana Novak', [188, 24, 72, 91]), group('piet', 'Piet Bakker', [142, 42, 115, 86])],
    corrections: { count: 3, newest: [{ at: reportNow - 2 * hour, waitId: 'w1', conversationId: 'c1', why: 'The answer had not arrived.' }] }, ...change,
  };
}

function group(id: string, name: string, [answers = 0, half = 0, most = 0, share = 0]: number[]): Report['groups'][number] {
  const lengths = { answered: { p50: half * minute, p90: most * minute }, all: {} };
  const now = figures({ waits: answers, answered: answers, business: lengths, target: { within: share, over: 100 - share, undecided: 0, answeredWithin: share, answeredOver: 100 - share } });
  return { key: { id, name }, now, before: figures({ answered: answers + 12, business: { answered: { p50: (half + 5) * minute, p90: (most + 20) * minute }, all: {} } }) };
}

/** Ines waited on Tuesday 10 November from 08:40 to 13:52 in Berlin. */
export function receipt(index = 0, change: Partial<Receipt> = {}): Receipt {
  const from = Date.UTC(2026, 10, 10, 7, 40);
  const at = (minutes: number) => from + minutes * minute;
  return {
    id: `w${index}`, conversationId: `c${index}`, customer: { id: 'ines', name: index === 0 ? 'Ines Bauer' : `Customer ${index}` }, channel: { id: 'mail', kind: 'email', name: 'support@velowerk.example' }, subject: 'The axle is wrong',
    teamId: 'orders', priority: 'normal', kind: 'first', imported: false, inPublic: false, from, to: at(312), state: 'answered', calendarMs: 312 * minute, businessMs: 271 * minute, receivedAt: from,
    target: { name: 'Mail', ms: 4 * hour, hours: 'business', dueAt: at(281), why: 'the strictest for the team Orders' }, breachedAt: at(281),
    answer: { messageId: 'm9', conversationId: `c${index}`, by: 'agent', name: 'Lena Maas', agentId: 'lena', teamId: 'orders', channelId: 'mail' },
    segments: [{ from, to: at(120), by: 'unassigned' }, { from: at(120), to: at(240), by: 'agent', name: 'Lena Maas' }, { from: at(240), to: at(312), by: 'snoozed', name: 'Lena Maas' }],
    openSpans: [{ from: at(20), to: at(200) }, { from: at(260), to: at(500) }],
    ticks: [{ at: from, messageId: 'm1', seq: 1, kind: 'in', name: 'Ines Bauer' }, { at: at(90), messageId: 'm2', seq: 2, kind: 'in', name: 'Ines Bauer' }, { at: at(150), messageId: 'm3', seq: 3, kind: 'note', name: 'Lena Maas' }, { at: at(312), messageId: 'm9', seq: 4, kind: 'out', name: 'Lena Maas' }],
    corrections: index === 0 ? [{ at: at(700), why: 'an earlier answer had not arrived', before: 'answered 10:20' }] : [], ...change,
  };
}

export const definitions: Definition[] = [
  { id: 'percentile_answered', name: 'Half within', text: 'The smallest length such that half of the answered waits are not longer.', shown: ['totals.business.answered.p50'] },
  { id: 'within_target', name: 'Within target', text: 'Waits with a target that were answered at or before the deadline.', shown: ['totals.target.within'] },
];
