import { answered } from '../columns/layouts.js';
import { dayName, dayNumber, dayOfWall, type Period, startOfDay, weekdayOfDay } from '../period.js';
import type { TrendPoint } from '../shapes.js';
import { eachMember, type Partition, sortedParts } from './partition.js';
import { nearestRanks } from './percentiles.js';
import { outcome, type Selection } from './selection.js';

const longestInDays = 120;
type Wall = (at: number) => number;

/** Whether the trend goes by weeks (from Monday on), or by days. */
export function goesByWeeks(period: Period): boolean {
  return period.days > longestInDays;
}

/** A point a day, or a week, each beside the point of the period before that lies as many days after its beginning. */
export function trendOf(now: Selection, before: Selection | undefined, facts: { period: Period; earlier: Period | undefined; wall: Wall; wallBefore: Wall }): TrendPoint[] {
  const { period } = facts;
  const buckets = bucketsOf(period);
  const mine = measured(now, partitionByDay(now, buckets, { first: dayNumber(period.firstDay), wall: facts.wall }));
  const theirs = before === undefined || facts.earlier === undefined ? undefined : measured(before, partitionByDay(before, buckets, { first: dayNumber(facts.earlier.firstDay), wall: facts.wallBefore }));
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

function partitionByDay(selection: Selection, buckets: Buckets, facts: { first: number; wall: Wall }): Partition {
  const of = new Int32Array(selection.size);
  for (let place = 0; place < selection.size; place += 1) of[place] = buckets.of[dayOfWall(facts.wall(selection.from(place))) - facts.first] ?? -1;
  return { parts: buckets.names.length, of };
}

type Measured = Pick<TrendPoint, 'waits' | 'answered' | 'over' | 'p50' | 'p90' | 'p95'>;

function measured(selection: Selection, partition: Partition): Measured[] {
  const points = sortedParts(selection, selection.view.query.time, partition).map((part): Measured => ({ waits: 0, answered: 0, over: 0, ...nearestRanks(part.answeredLengths) }));
  const outcomes = selection.outcomes();
  eachMember(partition, (place, part) => {
    const point = points[part] as Measured;
    point.waits += 1;
    if (selection.state(place) === answered) point.answered += 1;
    if (outcomes[place] === outcome.over) point.over += 1;
  });
  return points;
}

function nearestOf({ p50, p90, p95 }: Measured): Pick<Measured, 'p50' | 'p90' | 'p95'> {
  return { ...(p50 === undefined ? {} : { p50 }), ...(p90 === undefined ? {} : { p90 }), ...(p95 === undefined ? {} : { p95 }) };
}
