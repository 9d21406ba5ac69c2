import type { Collections } from '../inbox/stores.js';
import type { StillOpen } from './columns/still-open.js';
import { breachesOf, notNeededOf, whereTimeWent } from './figures/breaches.js';
import { caseFiguresOf } from './figures/cases.js';
import { curveOf, histogramOf } from './figures/distribution.js';
import { figuresOf } from './figures/figures-of.js';
import { groupingBy } from './figures/grouping.js';
import { groupsOf } from './figures/groups.js';
import { heatOf } from './figures/heat.js';
import { owedOf } from './figures/owed.js';
import { whole } from './figures/partition.js';
import { remarkOf } from './figures/remark.js';
import { Selection } from './figures/selection.js';
import { trendOf } from './figures/trend.js';
import type { View } from './figures/view.js';
import { type Period, periodBefore, periodOf, wallClock } from './period.js';
import type { Figures, Report } from './shapes.js';

/** The corrections shown with a report, before their words are read. */
export interface CorrectedRows {
  count: number;
  newest: { row: number; at: number }[];
}

const correctionsShown = 20;

/** What waits tell: a report without its figures of conversations and the words of its corrections. */
export interface CountedReport {
  report: Omit<Report, 'cases' | 'corrections'>;
  corrected: CorrectedRows;
}

/** Counts everything that a view asks for of waits: one look at the columns, without IO. */
export function countWaits(view: View, open: Pick<StillOpen, 'numbers'>): CountedReport {
  const { query, asking } = view;
  const period = periodOf(query);
  const earlier = query.compare === 'before' ? periodBefore(period) : undefined;
  const wall = wallClock(period.timeZone, period.from, period.to);
  const now = new Selection(view, view.waitsBetween(period.from, period.to), { now: asking.now, wall });
  const before = earlier === undefined ? undefined : new Selection(view, view.waitsBetween(earlier.from, earlier.to), { now: asking.now, wall: wallClock(period.timeZone, earlier.from, earlier.to) });
  const trend = trendOf(now, before, { period, earlier });
  const remark = remarkOf(now, trend, { period, wall });
  const totalsBefore = before === undefined ? undefined : totalsOf(before);
  const sorted = now.sorted(query.time);
  const { groupBy } = query;
  const { days: _, ...shownPeriod } = period;
  const report: CountedReport['report'] = {
    now: asking.now, period: shownPeriod, ...(earlier === undefined ? {} : { before: { from: earlier.from, to: earlier.to, firstDay: earlier.firstDay, lastDay: earlier.lastDay } }),
    scope: { of: asking.scope.of, teamIds: [...asking.scope.teamIds], names: asking.scope.names }, exact: true, time: query.time, kind: query.kind,
    totals: { now: totalsOf(now), ...(totalsBefore === undefined ? {} : { before: totalsBefore }) },
    owed: owedOf(view, view.openWaits(open.numbers), asking.now), trend, ...(remark === undefined ? {} : { remark }), heat: heatOf(now),
    histogram: histogramOf(sorted), curve: curveOf(sorted), where: whereTimeWent(now), breaches: breachesOf(now), notNeeded: notNeededOf(now),
    ...(groupBy === undefined ? {} : { groupBy }), groups: groupBy === undefined ? [] : groupsOf(now, before, groupingBy(view, groupBy)),
  };
  return { report, corrected: correctedOf(now, period) };
}

/** What conversations tell: another look at the columns, so that the process may do something else in between. */
export function countCases(view: View, rules: { resolveHoldsMs: number }): Report['cases'] {
  const period = periodOf(view.query);
  return caseFiguresOf(view, { now: period, before: view.query.compare === 'before' ? periodBefore(period) : undefined }, rules.resolveHoldsMs);
}

function totalsOf(selection: Selection): Figures {
  return figuresOf(selection, whole(selection), selection.view.query.average === true)[0] as Figures;
}

/** Waits of this period of which something was said otherwise after it had ended. */
function correctedOf(selection: Selection, period: Period): CorrectedRows {
  const late = [...selection.view.columns.corrected].filter(([, at]) => at >= period.to);
  const found: CorrectedRows['newest'] = late.flatMap(([row, at]) => (selection.placeOf(row) === undefined ? [] : [{ row, at }]));
  return { count: found.length, newest: found.sort((a, b) => b.at - a.at || b.row - a.row).slice(0, correctionsShown) };
}

/** Puts a report together: with what was said otherwise, in words. */
export async function wholeReport(c: Pick<Collections, 'waits' | 'corrections'>, { report, corrected }: CountedReport, cases: Report['cases']): Promise<Report> {
  const waits = await c.waits.numbered(corrected.newest.map(({ row }) => row));
  const corrections = await c.corrections.ofWaits(waits.map((wait) => wait._id), 1_000);
  const newest = corrections.filter(({ at }) => at >= report.period.to).sort((a, b) => b.at - a.at || (a._id < b._id ? -1 : 1)).slice(0, correctionsShown);
  return { ...report, cases, corrections: { count: corrected.count, newest: newest.map(({ at, waitId, conversationId, why }) => ({ at, waitId, conversationId, why })) } };
}
