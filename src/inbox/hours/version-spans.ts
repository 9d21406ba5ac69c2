import type { CalendarVersion } from '../model/calendar.js';
import type { Millis } from '../model/common.js';
import { Days } from './days.js';
import type { Span } from './place.js';

const dayMs = 86_400_000;
const stretchDays = 128;
const stretchMs = stretchDays * dayMs;
/** About ninety years. */
const stretchesKept = 256;

/** Open time within one stretch, oldest first, joined, cut at its ends. `before[i]`: how much lies before the i-th. */
interface Stretch {
  starts: number[];
  ends: number[];
  before: number[];
  total: number;
}

/** When one version of a calendar is open: worked out once for each 128 days, then found by halving. */
export class VersionSpans {
  private readonly days: Days;
  private readonly stretches = new Map<number, Stretch>();

  private constructor(version: CalendarVersion) {
    this.days = new Days(version);
  }

  private static readonly known = new WeakMap<CalendarVersion, VersionSpans>();

  /** What was worked out is kept as long as the version itself is. */
  static of(version: CalendarVersion): VersionSpans {
    let spans = VersionSpans.known.get(version);
    if (spans === undefined) VersionSpans.known.set(version, spans = new VersionSpans(version));
    return spans;
  }

  openMs(from: Millis, to: Millis): number {
    const last = Math.floor(to / stretchMs);
    let sum = openBefore(this.stretch(last), to);
    for (let number = Math.floor(from / stretchMs); number < last; number += 1) sum += this.stretch(number).total;
    return sum - openBefore(this.stretch(Math.floor(from / stretchMs)), from);
  }

  /** Those that touch [from, to), cut at its ends, handed over one by one until told to stop by `false`. */
  each(from: Millis, to: Millis, take: (from: Millis, to: Millis) => boolean): boolean {
    for (let number = Math.floor(from / stretchMs); number * stretchMs < to; number += 1) {
      const { starts, ends } = this.stretch(number);
      for (let index = firstEndingAfter(ends, from); index < starts.length; index += 1) {
        const start = starts[index] ?? 0;
        if (start >= to) return true;
        if (!take(Math.max(from, start), Math.min(to, ends[index] ?? 0))) return false;
      }
    }
    return true;
  }

  private stretch(number: number): Stretch {
    let stretch = this.stretches.get(number);
    if (stretch === undefined) {
      stretch = this.workOut(number);
      if (this.stretches.size >= stretchesKept) this.stretches.clear();
      this.stretches.set(number, stretch);
    }
    return stretch;
  }

  /** A block lasts into the day after its own at most, and no zone is further than a day from UTC. */
  private workOut(number: number): Stretch {
    const found: Span[] = [];
    for (let day = number * stretchDays - 3; day < (number + 1) * stretchDays + 2; day += 1) found.push(...this.days.spansOf(day));
    const stretch: Stretch = { starts: [], ends: [], before: [], total: 0 };
    for (const { from, to } of joined(found)) {
      const start = Math.max(from, number * stretchMs);
      const end = Math.min(to, (number + 1) * stretchMs);
      if (end <= start) continue;
      stretch.starts.push(start);
      stretch.ends.push(end);
      stretch.before.push(stretch.total);
      stretch.total += end - start;
    }
    return stretch;
  }
}

function joined(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else result.push(span);
  }
  return result;
}

function openBefore(stretch: Stretch, at: Millis): number {
  const index = firstEndingAfter(stretch.ends, at);
  if (index === stretch.ends.length) return stretch.total;
  return (stretch.before[index] ?? 0) + Math.max(0, at - (stretch.starts[index] ?? at));
}

function firstEndingAfter(ends: readonly number[], at: Millis): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
