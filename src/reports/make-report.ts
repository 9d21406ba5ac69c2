import type { Collections } from '../inbox/stores.js';
import type { StillOpen } from './columns/still-open.js';
import { breachesOf, notNeededOf, whereTimeWent } from './figures/breaches.js';
import { caseFiguresOf } from './figures/cases.js';
import { casesByPerson } from './figures/contacts.js';
import { curveOf, histogramOf } from './figures/distribution.js';
import { figuresOf } from './figures/figures-of.js';
import { groupingBy } from './figures/grouping.js';
import { groupsOf } from './figures/groups.js';
import { heatOf } from './figures/heat.js';
import { owedOf } from './figures/owed.js';
import { sortedParts, whole } from './figures/partition.js';
import { remarkOf } from './figures/remark.js';
import { Selection } from './figures/selection.js';
import { trendOf } from './figures/trend.js';
import type { View } from './figures/view.js';
import { type Period, periodBefore, periodOf, wallClock } from './period.js';
import type { CaseFigures, Figures, Report } from './shapes.js';

/** The corrections shown with a report, before their words are read. */
export interface CorrectedRows {
  count: number;
  newest: { row: number; at: number }[];
}

const correctionsShown = 20;

/** A report without its groups and the words of its corrections, and what any grouping of it is made from. */
export interface ReportBase {
  report: Omit<Report, 'corrections' | 'groups' | 'groupBy'>;
  corrected: CorrectedRows;
  now: Selection;
  before: Selection | undefined;
  wall: (at: number) => number;
}

/** Everything that is the same however it is grouped: one look at the columns, without IO. */
export function makeBase(view: View, open: Pick<StillOpen, 'numbers'>, rules: { resolveHoldsMs: number }): ReportBase {
  const { query, asking } = view;
  const period = periodOf(query);
  const earlier = query.compare === 'before' ? periodBefore(period) : undefined;
  const wall = wallClock(period.timeZone, period.from, period.to);
  const now = new Selection(view, view.waitsBetween(period.from, period.to), asking.now);
  const before = earlier === undefined ? undefined : new Selection(view, view.waitsBetween(earlier.from, earlier.to), asking.now);
  const wallBefore = earlier === undefined ? wall : wallClock(period.timeZone, earlier.from, earlier.to);
  const trend = trendOf(now, before, { period, earlier, wall, wallBefore });
  const remark = remarkOf(now, trend, { period, wall });
  const [all = { lengths: new Float64Array(), answered: new Uint8Array(), answeredLengths: new Float64Array() }] = sortedParts(now, query.time, whole(now));
  const totalsBefore = before === undefined ? undefined : totalsOf(before);
  const { days: _, ...shownPeriod } = period;
  const report: ReportBase['report'] = {
    now: asking.now, period: shownPeriod, ...(earlier === undefined ? {} : { before: { from: earlier.from, to: earlier.to, firstDay: earlier.firstDay, lastDay: earlier.lastDay } }),
    scope: { of: asking.scope.of, teamIds: [...asking.scope.teamIds], names: asking.scope.names }, exact: true, time: query.time, kind: query.kind,
    totals: { now: totalsOf(now), ...(totalsBefore === undefined ? {} : { before: totalsBefore }) }, cases: casesOf(view, { period, earlier }, rules),
    owed: owedOf(view, view.openWaits(open.numbers), asking.now), trend, ...(remark === undefined ? {} : { remark }), heat: heatOf(now, wall), histogram: histogramOf(all), curve: curveOf(all),
    where: whereTimeWent(now), breaches: breachesOf(now), notNeeded: notNeededOf(now),
  };
  return { report, corrected: correctedOf(now, period), now, before, wall: anyWall(wall, wallBefore, period) };
}

/** The groups that this view asks for, of what was made before. */
export function withGroups(view: View, { report, corrected, now, before, wall }: ReportBase): { report: Omit<Report, 'corrections'>; corrected: CorrectedRows } {
  const { groupBy } = view.query;
  return { report: { ...report, ...(groupBy === undefined ? {} : { groupBy }), groups: groupBy === undefined ? [] : groupsOf(now, before, groupingBy(view, groupBy, wall)) }, corrected };
}

/** The wall clock over both periods, which follow one another. */
export function anyWall(wall: (at: number) => number, wallBefore: (at: number) => number, period: Period): (at: number) => number {
  return (at) => (at < period.from ? wallBefore(at) : wall(at));
}

function totalsOf(selection: Selection): Figures {
  return figuresOf(selection, whole(selection), selection.view.query.average === true)[0] as Figures;
}

function casesOf(view: View, { period, earlier }: { period: Period; earlier: Period | undefined }, rules: { resolveHoldsMs: number }): Report['cases'] {
  const rows = view.allCases();
  const held = { now: view.asking.now, holdsMs: rules.resolveHoldsMs };
  const byPerson = casesByPerson(view, rows, held);
  const of = ({ from, to }: Period): CaseFigures => caseFiguresOf(view, rows, byPerson, { from, to, ...held });
  return { now: of(period), ...(earlier === undefined ? {} : { before: of(earlier) }) };
}

/** Waits of this period of which something was said otherwise after it had ended. */
function correctedOf(selection: Selection, period: Period): CorrectedRows {
  const { corrected } = selection.view.columns;
  const found: CorrectedRows['newest'] = [];
  for (const row of selection.rows) {
    const at = corrected.get(row);
    if (at !== undefined && at >= period.to) found.push({ row, at });
  }
  return { count: found.length, newest: found.sort((a, b) => b.at - a.at || b.row - a.row).slice(0, correctionsShown) };
}

/** Adds what was said otherwise, in words. */
export async function withCorrections(c: Pick<Collections, 'waits' | 'corrections'>, made: ReturnType<typeof withGroups>): Promise<Report> {
  const { report, corrected } = made;
  const waits = await c.waits.numbered(corrected.newest.map(({ row }) => row));
  const corrections = await c.corrections.ofWaits(waits.map((wait) => wait._id), 1_000);
  const newest = corrections.filter(({ at }) => at >= report.period.to).sort((a, b) => b.at - a.at || (a._id < b._id ? -1 : 1)).slice(0, correctionsShown);
  return { ...report, corrections: { count: corrected.count, newest: newest.map(({ at, waitId, conversationId, why }) => ({ at, waitId, conversationId, why })) } };
}
