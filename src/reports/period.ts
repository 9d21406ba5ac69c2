import { AppError } from '../errors.js';
import { instantOf } from '../inbox/hours/local-time.js';
import { offsetAt } from '../inbox/hours/zone-offsets.js';
import type { Millis } from '../inbox/model/common.js';
import type { ReportQuery } from './api.js';

const dayMs = 86_400_000;
const longestDays = 3_660;

/** Whole days in a zone: from the midnight that begins the first to the one that ends the last. */
export interface Period {
  from: Millis;
  to: Millis;
  firstDay: string;
  lastDay: string;
  timeZone: string;
  days: number;
}

/** The period asked for. Throws `bad_request` when it is longer than ten years. */
export function periodOf(query: Pick<ReportQuery, 'from' | 'to' | 'zone'>): Period {
  const first = dayNumber(query.from);
  const last = dayNumber(query.to);
  if (last < first) throw new AppError('bad_request', 'The period ends before it begins.');
  if (last - first >= longestDays) throw new AppError('bad_request', 'A report covers ten years at most. Please ask for a shorter period.');
  return periodOfDays(first, last, query.zone);
}

/** The period of as many days that ended when this one began. */
export function periodBefore(period: Period): Period {
  const first = dayNumber(period.firstDay);
  return periodOfDays(first - period.days, first - 1, period.timeZone);
}

function periodOfDays(first: number, last: number, timeZone: string): Period {
  return { from: startOfDay(first, timeZone), to: startOfDay(last + 1, timeZone), firstDay: dayName(first), lastDay: dayName(last), timeZone, days: last - first + 1 };
}

/** Days since 1970-01-01 of `YYYY-MM-DD`. */
export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

export function dayName(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** 0 = Monday. The first of January 1970 was a Thursday. */
export function weekdayOfDay(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** When this day begins in the zone: at midnight, or where the clock leaves that out, at the jump. */
export function startOfDay(day: number, timeZone: string): Millis {
  const date = new Date(day * dayMs);
  return instantOf({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), minute: 0 }, timeZone);
}

/** What the clock on the wall shows, as ms since 1970 by that clock. Made once for many instants of one stretch of time. */
export function wallClock(timeZone: string, from: Millis, to: Millis): (at: Millis) => number {
  const starts = [-Infinity];
  const offsets = [offsetAt(from, timeZone)];
  for (let day = from; day <= to; day += dayMs) {
    let [low, high] = [day, Math.min(day + dayMs, to + 1)];
    const after = offsetAt(high, timeZone);
    if (after === offsets.at(-1)) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle, timeZone) === after) high = middle;
      else low = middle;
    }
    starts.push(high);
    offsets.push(after);
  }
  let index = 0;
  return (at) => {
    while (index > 0 && (starts[index] as number) > at) index -= 1;
    while (index + 1 < starts.length && (starts[index + 1] as number) <= at) index += 1;
    return at + (offsets[index] as number);
  };
}

/** The day, weekday and hour of a wall clock's time. */
export function dayOfWall(wall: number): number {
  return Math.floor(wall / dayMs);
}

/** Hours since 1970 by the wall clock. */
export function hourNumber(wall: number): number {
  return Math.floor(wall / 3_600_000);
}

/** Of hours since 1970. */
export function dayOfHour(hour: number): number {
  return Math.floor(hour / 24);
}

export function hourOfDay(hour: number): number {
  return hour - 24 * Math.floor(hour / 24);
}

export function hourOfWall(wall: number): number {
  return Math.floor((wall - Math.floor(wall / dayMs) * dayMs) / 3_600_000);
}
