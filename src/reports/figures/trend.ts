import { dayName, dayNumber, dayOfHour, type Period, startOfDay, weekdayOfDay } from '../period.js';
import type { TrendPoint } from '../shapes.js';
import { countsOf } from './counts.js';
import { type Partition, partitionByHour } from './partition.js';
import { nearestByPart } from './percentiles.js';
import { outcome, type Selection } from './selection.js';

const longestInDays = 120;

/** Whether the trend goes by weeks (from Monday on), or by days. */
export function goesByWeeks(period: Period): boolean {
  return period.days > longestInDays;
}

/** A point a day, or a week, each beside the point of the period before that lies as many days after its beginning. */
export function trendOf(now: Selection, before: Selection | undefined, facts: { period: Period; earlier: Period | undefined }): TrendPoint[] {
  const { period } = facts;
  const buckets = bucketsOf(period);
  const mine = measured(now, partitionByDay(now, buckets, dayNumber(period.firstDay)));
  const theirs = before === undefined || facts.earlier === undefined ? undefined : measured(before, partitionByDay(before, buckets, dayNumber(facts.earlier.firstDay)));
  return buckets.names.map((day, index): TrendPoint => {
    const past = theirs?.[index];
    const { firstDay, endDay } = buckets.spans[index] as (typeof buckets.spans)[number];
    return {
      day, from: startOfDay(firstDay, period.timeZone), to: startOfDay(endDay, period.timeZone), ...(mine[index] as (typeof mine)[number]),
      ...(past === undefined ? {} : { before: { waits: past.waits, ...nearestOf(past) } }),
    };
  });
}

interface Buckets {
  /** Which bucket a day is in, by days since the period's first. */
  of: Int32Array;
  names: string[];
  spans: { firstDay: number; endDay: number }[];
}

function bucketsOf(period: Period): Buckets {
  const first = dayNumber(period.firstDay);
  const byWeeks = goesByWeeks(period);
  const buckets: Buckets = { of: new Int32Array(period.days), names: [], spans: [] };
  for (let day = 0; day < period.days; day += 1) {
    const begins = !byWeeks || day === 0 || weekdayOfDay(first + day) === 0;
    if (begins) {
      buckets.names.push(dayName(byWeeks ? first + day - weekdayOfDay(first + day) : first + day));
      buckets.spans.push({ firstDay: first + day, endDay: first + day });
    }
    buckets.of[day] = buckets.names.length - 1;
    (buckets.spans.at(-1) as Buckets['spans'][number]).endDay = first + day + 1;
  }
  return buckets;
}

function partitionByDay(selection: Selection, buckets: Buckets, first: number): Partition {
  return partitionByHour(selection, buckets.names.length, (hour) => buckets.of[dayOfHour(hour) - first] ?? -1);
}

type Measured = Pick<TrendPoint, 'waits' | 'answered' | 'over' | 'p50' | 'p90' | 'p95'>;

function measured(selection: Selection, partition: Partition): Measured[] {
  const counts = countsOf(selection, partition);
  const nearest = nearestByPart(selection.sorted(selection.view.query.time), partition, counts.answered);
  return nearest.map((each, part): Measured => ({ waits: counts.all[part] ?? 0, answered: counts.answered[part] ?? 0, over: counts.count(part, (_, judged) => judged === outcome.over), ...each }));
}

function nearestOf({ p50, p90, p95 }: Measured): Pick<Measured, 'p50' | 'p90' | 'p95'> {
  return { ...(p50 === undefined ? {} : { p50 }), ...(p90 === undefined ? {} : { p90 }), ...(p95 === undefined ? {} : { p95 }) };
}
