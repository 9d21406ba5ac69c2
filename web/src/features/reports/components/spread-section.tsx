import { BarChart } from '../../../components/charts/bar-chart.js';
import { Figure } from '../../../components/charts/figure.js';
import { LineChart } from '../../../components/charts/line-chart.js';
import type { Report } from '../../../lib/shapes.js';
import { count, counted, lengthWords, percent } from '../model/lengths.js';
import { About } from '../../../components/about.js';
import type { ReportNav } from './use-report-nav.js';

/** How many waited how long: the histogram of the answered. */
export function HistogramSection({ report, nav }: { report: Report; nav: ReportNav }) {
  const bins = trimmed(report.histogram);
  const length = (ms: number) => (ms === 0 ? '0' : lengthWords(ms, report.time));
  const title = (bin: Report['histogram'][number]) => (bin.to === undefined ? `${length(bin.from)} and longer` : `${length(bin.from)} to ${length(bin.to)}`);
  const total = report.histogram.reduce((sum, bin) => sum + bin.count, 0);
  const bars = bins.map((bin) => ({
    id: String(bin.from), value: bin.count, edge: length(bin.from), title: title(bin), lines: [counted(bin.count, 'wait'), ...(total === 0 ? [] : [percent(bin.count / total)])], href: nav.waits(`bin:${bin.from}-${bin.to ?? ''}`),
  }));
  return (
    <Figure title="How long they waited" about={<About of={['distribution', 'answered']} what="How long they waited" />} table={{ head: ['Length', 'Waits', 'Share'], onOpen: nav.open, rows: bars.map((bar) => ({ id: bar.id, href: bar.href, cells: [bar.title, count(bar.value), bar.lines[1] ?? ''] })) }}>
      <BarChart name="Waits by length" height={152} bars={bars} onOpen={nav.open} />
    </Figure>
  );
}

const curveTicks = [1, 5, 15, 30, 60, 120, 240, 480, 1_440, 4_320, 10_080, 40_320].map((minutes) => minutes * 60_000);

/** Which share had an answer by when: of the answered, and of all. */
export function CurveSection({ report, nav }: { report: Report; nav: ReportNav }) {
  const { curve, time } = report;
  const points = curve.map((point) => ({
    id: String(point.at), title: `Within ${lengthWords(point.at, time)}`, ...(curveTicks.includes(point.at) ? { tick: lengthWords(point.at, time) } : {}), href: nav.waits(`state:answered;waited:0-${point.at + 1}`),
    lines: [`${percent(point.answered)} of the answered`, `${percent(point.all)} of all, with those still waiting`],
  }));
  return (
    <Figure
      title="Answered by then" hint="dashed: of all" about={<About of={['distribution', 'kaplan_meier']} what="Answered by then" />}
      table={{ head: ['Within', 'Of the answered', 'Of all'], onOpen: nav.open, rows: curve.map((point, index) => ({ id: String(point.at), href: points[index]?.href ?? '', cells: [lengthWords(point.at, time), percent(point.answered), percent(point.all)] })) }}
    >
      <LineChart
        name="Share answered by then" points={points} onOpen={nav.open} top={1} height={152} scale={[0.5, 0.9].map((at) => ({ at, label: percent(at) }))}
        series={[{ id: 'all', look: 'before', values: curve.map((point) => point.all) }, { id: 'answered', look: 'main', values: curve.map((point) => point.answered) }]}
      />
    </Figure>
  );
}

/** Without the empty classes at the end, but for one. */
function trimmed(bins: Report['histogram']): Report['histogram'] {
  const last = bins.findLastIndex((bin) => bin.count > 0);
  return bins.slice(0, Math.max(6, last + 2));
}
