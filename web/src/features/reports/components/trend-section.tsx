import { Figure } from '../../../components/charts/figure.js';
import { LineChart } from '../../../components/charts/line-chart.js';
import { PointLink } from '../../../components/charts/point-link.js';
import type { Report } from '../../../lib/shapes.js';
import { count, counted, lengthTicks, lengthWords } from '../model/lengths.js';
import { beforeWords, dayWord } from '../model/period.js';
import { About } from '../../../components/about.js';
import type { ReportNav } from './use-report-nav.js';
import styles from './sections.module.css';

type Point = Report['trend'][number];

/** Day by day: 9 of 10, half, and how it was before. */
export function TrendSection({ report, nav }: { report: Report; nav: ReportNav }) {
  const { trend, time, remark } = report;
  const weekly = trend.length > 1 && (trend[1]?.from ?? 0) - (trend[0]?.from ?? 0) > 3 * 86_400_000;
  const before = report.before === undefined ? undefined : beforeWords({ from: report.before.firstDay, to: report.before.lastDay });
  // What is told is this period: a peak of the one before leaves the picture rather than pressing it flat.
  const highest = Math.max(60_000, ...trend.map((point) => point.p90 ?? 0));
  const most = Math.max(highest, Math.min(1.5 * highest, Math.max(0, ...trend.map((point) => point.before?.p90 ?? 0))));
  const ticks = lengthTicks(most);
  const marked = remark === undefined ? -1 : trend.findIndex((point) => point.day === remark.day);
  const length = (ms: number | undefined) => (ms === undefined ? '' : lengthWords(ms, time));
  const href = (point: Point) => nav.waits(`${weekly ? 'week' : 'day'}:${point.day}`);
  const title = (point: Point) => (weekly ? `Week of ${dayWord(point.day)}` : dayWord(point.day, { weekday: true }));
  return (
    <Figure
      title="9 of 10 answered within" about={<About of={['trend', 'remark']} what="9 of 10 answered within" />} hint={`${weekly ? 'each week' : 'each day'}${before === undefined ? '' : `; dashed: ${before}`}`}
      table={{
        head: [weekly ? 'Week' : 'Day', 'Waits', 'Half within', '9 of 10 within', 'Over target', ...(before === undefined ? [] : ['9 of 10 before'])], onOpen: nav.open,
        rows: trend.map((point) => ({ id: point.day, href: href(point), cells: [title(point), count(point.waits), length(point.p50), length(point.p90), count(point.over), ...(before === undefined ? [] : [length(point.before?.p90)])] })),
      }}
    >
      <LineChart
        name="9 of 10 answered within, day by day" onOpen={nav.open} top={Math.max(most, ticks.at(-1) ?? 0)} scale={ticks.map((at) => ({ at, label: lengthWords(at, time) }))} height={200}
        points={trend.map((point, index) => ({ id: point.day, title: title(point), lines: linesOf(point, length), href: href(point), ...tickOf(point, index, { weekly, all: trend.length }) }))}
        series={[
          ...(before === undefined ? [] : [{ id: 'before', look: 'before' as const, values: trend.map((point) => point.before?.p90) }]),
          { id: 'half', name: 'half', look: 'soft', values: trend.map((point) => point.p50) },
          { id: 'most', name: '9 of 10', look: 'main', values: trend.map((point) => point.p90) },
        ]}
        mark={remark === undefined || marked < 0 ? undefined : { index: marked, value: remark.value, text: `${dayWord(remark.day, { weekday: true })}: ${length(remark.value)}` }}
      />
      {remark !== undefined && (
        <p className={styles['remark']}>
          <PointLink href={nav.waits(remark.pick)} onOpen={nav.open}>
            {remark.text}
          </PointLink>
        </p>
      )}
    </Figure>
  );
}

function linesOf(point: Point, length: (ms: number | undefined) => string): string[] {
  return [
    ...(point.waits === 0 ? ['nobody wrote'] : []),
    ...(point.p90 === undefined ? [] : [`9 of 10 within ${length(point.p90)}`]),
    ...(point.p50 === undefined ? [] : [`half within ${length(point.p50)}`]),
    ...(point.waits === 0 ? [] : [`${counted(point.waits, 'wait')}, ${point.answered === point.waits ? 'all answered' : `${count(point.answered)} answered`}`]),
    ...(point.over === 0 ? [] : [`${count(point.over)} over target`]),
    ...(point.before?.p90 === undefined ? [] : [`before: ${length(point.before.p90)}`]),
  ];
}

/** Mondays in a month, each day in a week, the first of each month beyond. */
function tickOf(point: Point, index: number, { weekly, all }: { weekly: boolean; all: number }): { tick?: string } {
  const monday = new Date(`${point.day}T12:00:00Z`).getUTCDay() === 1;
  const shown = weekly || all <= 10 || (all <= 95 ? monday : point.day.endsWith('-01'));
  return shown || (all < 3 && index === 0) ? { tick: dayWord(point.day) } : {};
}
