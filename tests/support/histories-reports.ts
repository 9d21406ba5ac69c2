import fc from 'fast-check';
import { createReports } from '../../src/reports/create-reports.js';
import type { ReportQuery } from '../../src/reports/api.js';
import type { Figures, Report } from '../../src/reports/shapes.js';
import type { World } from './histories-world.js';
import { type slowFigures, type SlowQuery, slowReport } from './slow-report.js';
import { slowWaits } from './slow-response-times.js';

export type Question = SlowQuery & { groupBy?: 'channel' | 'priority' | 'weekday' | 'hour' | 'responder'; first: number; last: number };

/** Questions about the days around a history; `first` and `last` count from its beginning. */
export const questions: fc.Arbitrary<Omit<Question, 'from' | 'to'>> = fc.record({
  first: fc.integer({ min: -2, max: 4 }), last: fc.integer({ min: 4, max: 40 }), zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Chatham'),
  kind: fc.constantFrom('first' as const, 'next' as const, 'any' as const, 'any' as const), time: fc.constantFrom('calendar' as const, 'business' as const),
  groupBy: fc.option(fc.constantFrom('channel' as const, 'priority' as const, 'weekday' as const, 'hour' as const, 'responder' as const), { nil: undefined }),
  channel: fc.option(fc.constantFrom<string[]>(['chat'], ['mailbox']), { nil: undefined, freq: 3 }), priority: fc.option(fc.constant<string[]>(['normal', 'high']), { nil: undefined, freq: 3 }),
}).map(({ groupBy, channel, priority, ...rest }) => ({ ...rest, ...(groupBy === undefined ? {} : { groupBy }), ...(channel === undefined ? {} : { channel }), ...(priority === undefined ? {} : { priority }) }));

/** Asks the report engine and the second opinion the same, and tells where they differ. */
export async function reportDifferences(world: World, asked: readonly Omit<Question, 'from' | 'to'>[]): Promise<string[]> {
  const { t } = world;
  const waits = slowWaits(await world.story());
  const quiet = { info: () => undefined, warn: () => undefined };
  const engine = createReports({ c: t.c, times: t.core.times, channels: t.core.channels, clock: () => world.now, log: quiet });
  const found: string[] = [];
  try {
    for (const { first, last, ...question } of asked) {
      const day = (count: number): string => new Date(world.rules.start + count * 86_400_000).toISOString().slice(0, 10);
      const query = { ...question, from: day(first), to: day(last) };
      const report = await engine.report({ viewer: { agentId: 'lena', role: 'administrator', teamIds: [] }, scope: { of: 'everything', teamIds: [], agentId: 'lena', names: true }, now: world.now }, { ...query, compare: 'none' } as ReportQuery);
      found.push(...compared(report, slowReport(waits, query, world.now), query).map((words) => `${JSON.stringify(query)}: ${words}`));
    }
  } finally {
    await engine.stop();
  }
  return found;
}

function compared(real: Report, slow: ReturnType<typeof slowReport>, query: SlowQuery & Pick<Question, 'groupBy'>): string[] {
  const found: string[] = [];
  const same = (name: string, got: unknown, expected: unknown): void => {
    if (!alike(got, expected)) found.push(`${name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
  };
  same('figures', plain(real.totals.now), slow.figures);
  same('trend', real.trend.map(({ before: _none, ...day }) => day), slow.trend);
  same('arrivals', real.heat.arrivals, slow.heat.arrivals);
  same('waiting', real.heat.waiting, slow.heat.waiting);
  same('where', real.where.filter((each) => each.ms > 0), slow.where);
  same('histogram', real.histogram.map((bin) => bin.count), real.histogram.map((bin) => slow.between(bin.from, bin.to)));
  same('histogram’s sum', real.histogram.reduce((sum, bin) => sum + bin.count, 0), slow.figures.answered);
  for (const point of real.curve) same(`curve at ${point.at}`, { answered: point.answered, all: point.all }, slow.curveAt(point.at));
  same('breaches', real.breaches.reduce((sum, each) => sum + each.count, 0), slow.figures.target.over);
  same('not needed', Object.fromEntries(real.notNeeded.map((each) => [each.key.id, each.count])), slow.notNeeded);
  if (query.channel === undefined && query.priority === undefined) same('owed', { customers: real.owed.customers, overdue: real.owed.overdue, oldestSince: real.owed.oldestSince }, slow.owed);
  const groups = Object.fromEntries(real.groups.filter((group) => group.now.waits > 0).map((group) => [group.key.id, plain(group.now)]));
  if (query.groupBy === 'responder') for (const [id, figures] of Object.entries(slow.responders)) same(`group ${id}`, groups[id], figures);
  else if (query.groupBy !== undefined) same(`groups by ${query.groupBy}`, groups, slow.groups[query.groupBy]);
  return found;
}

function plain(figures: Figures): ReturnType<typeof slowFigures> {
  const clock = ({ answered, all }: Figures['calendar']) => ({ answered, all });
  return { ...figures, calendar: clock(figures.calendar), business: clock(figures.business) };
}

/** Equal field by field; numbers to a billionth, which only shares need. */
function alike(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return Math.abs(one - other) < 1e-9;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => alike(a[key], b[key]));
}
