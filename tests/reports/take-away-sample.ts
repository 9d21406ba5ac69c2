import type { CaseFigures, Figures, Receipt, Report } from '../../src/reports/shapes.js';

const minute = 60_000;

export function sampleFigures(more: Partial<Figures> = {}): Figures {
  const percentiles = { p50: 27 * minute + 14_000, p90: 112 * minute, p95: 160 * minute };
  return {
    waits: 12, answered: 9, answeredByBot: 1, notNeeded: 0, abandoned: 0, open: 2,
    calendar: { answered: { p50: 31 * minute, p90: 26 * 60 * minute, p95: 30 * 60 * minute }, all: { p50: 33 * minute } },
    business: { answered: percentiles, all: { p50: 29 * minute, p90: 124 * minute } },
    target: { within: 7, over: 3, undecided: 1, answeredWithin: 7, answeredOver: 2 }, ...more,
  };
}

function sampleCases(): CaseFigures {
  return {
    conversations: 11, resolved: 8, resolution: { calendar: { p50: 50 * 60 * minute }, business: { p50: 50 * 60 * minute } }, timeToAssign: { p50: 4 * minute }, reopened: 1, transfers: 2,
    touches: { total: 19, median: 2 }, contactsUntilSolved: { customers: 8, once: 6, median: 1 }, bot: { helped: 1, handedOver: 9, silent: 1 },
  };
}

/** A week of Velowerk; days in Berlin, whose clocks went back on 25 October. */
export function sampleReport(more: Partial<Report> = {}): Report {
  const from = Date.parse('2026-10-18T22:00:00Z');
  const days = Array.from({ length: 7 }, (_, index) => `2026-10-${19 + index}`);
  const grid = <T>(value: T): T[][] => Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => value));
  const arrivals = grid(0);
  const waiting = grid<number | null>(null);
  arrivals[1]![9] = 5;
  waiting[1]![9] = 41 * minute;
  return {
    now: Date.parse('2026-10-26T08:00:00Z'),
    period: { from, to: Date.parse('2026-10-25T23:00:00Z'), firstDay: '2026-10-19', lastDay: '2026-10-25', timeZone: 'Europe/Berlin' },
    before: { from: from - 7 * 86_400_000, to: from, firstDay: '2026-10-12', lastDay: '2026-10-18' },
    scope: { of: 'everything', teamIds: [], names: true }, exact: true, time: 'business', kind: 'first',
    totals: { now: sampleFigures(), before: sampleFigures({ waits: 20, business: { answered: { p50: 40 * minute }, all: { p50: 42 * minute } } }) },
    cases: { now: sampleCases(), before: sampleCases() },
    owed: { customers: 2, oldestSince: Date.parse('2026-10-26T02:48:00Z'), inPublic: 1, overdue: 1 },
    trend: days.map((day, index) => ({
      day, from: from + index * 86_400_000, to: from + (index + 1) * 86_400_000, waits: 2, answered: 2, over: 1, ...(index === 5 ? {} : { p50: (20 + index) * minute, p90: (60 + 20 * index) * minute }), before: { waits: 3, p90: 90 * minute },
    })),
    remark: { day: '2026-10-20', value: 228 * minute, text: 'Tue 20 Oct: 3 h 48 m, two of five away', pick: 'day:2026-10-20', why: { usual: 27 * minute, people: { count: 3, usual: 5 }, arrivals: { count: 14, usual: 8 }, lay: { share: 0.62, by: 'unassigned' } } },
    heat: { arrivals, waiting }, histogram: [{ from: 0, to: 900_000, count: 5 }, { from: 900_000, count: 4 }], curve: [{ at: 900_000, answered: 0.5, all: 0.4 }],
    where: [{ by: 'unassigned', ms: 90 * minute, share: 0.46 }], breaches: [{ reason: 'snoozed', count: 3 }], notNeeded: [{ key: { id: 'A1', name: 'Lena Maas' }, count: 1 }],
    groupBy: 'responder',
    groups: [{ key: { id: 'A1', name: 'Lena Maas' }, now: sampleFigures(), before: sampleFigures(), where: { unassigned: 5 * minute } }, { key: { id: 'A2', name: '=HYPERLINK("http://evil.example")' }, now: sampleFigures({ waits: 3 }) }],
    corrections: { count: 0, newest: [] }, ...more,
  };
}

export function sampleWait(number: number, more: Partial<Receipt> = {}): Receipt {
  const from = Date.parse('2026-10-25T00:30:00Z') + number * 1_000;
  return {
    id: `W${number}`, conversationId: `C${number}`, customer: { id: `P${number}`, name: 'Ines Bauer' }, channel: { id: 'CH', kind: 'email', name: 'Service mailbox' }, subject: 'Where is my order',
    teamId: 'T1', priority: 'normal', kind: 'first', imported: false, inPublic: false, from, to: from + 27 * minute, state: 'answered', calendarMs: 27 * minute, businessMs: 27 * minute, receivedAt: from,
    target: { name: 'First answer', ms: 60 * minute, hours: 'business', dueAt: from + 60 * minute, why: 'the only one that applies' },
    answer: { messageId: 'M', conversationId: `C${number}`, by: 'agent', name: 'Lena Maas', agentId: 'A1', teamId: 'T1', channelId: 'CH' },
    segments: [{ from, to: from + 7 * minute, by: 'unassigned' }, { from: from + 7 * minute, to: from + 27 * minute, by: 'agent', name: 'Lena Maas' }], openSpans: [], ticks: [], corrections: [], ...more,
  };
}
