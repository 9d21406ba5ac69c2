import type { Millis } from '../model/common.js';
import { offsetAt } from './zone-offsets.js';

export { isTimeZone } from './zone-offsets.js';

/** A date and time as the clock on the wall shows it in some zone. */
export interface WallTime {
  year: number;
  /** 1 … 12 */
  month: number;
  day: number;
  /** Minutes from midnight; 1440 is the next midnight. */
  minute: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The wall time in the zone. Throws RangeError for an unknown zone. */
export function wallTimeAt(at: Millis, timeZone: string): WallTime {
  const shown = new Date(at + offsetAt(at, timeZone));
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate(), minute: shown.getUTCHours() * 60 + shown.getUTCMinutes() };
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(wall: Pick<WallTime, 'year' | 'month' | 'day'>): number {
  return (new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay() + 6) % 7;
}

/** The same clock time some days later (or earlier). */
export function plusDays(wall: WallTime, days: number): WallTime {
  const date = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), minute: wall.minute };
}

/** Whole days from one date to another, by the calendar. */
export function daysBetween(from: WallTime, to: WallTime): number {
  return Math.round((Date.UTC(to.year, to.month - 1, to.day) - Date.UTC(from.year, from.month - 1, from.day)) / dayMs);
}

/**
 * The instant at which the clock in the zone shows this. When clocks go back a time comes twice: `which` says whether the
 * first or the last is meant. When clocks go forward a time may not come at all: then the moment of the jump.
 */
export function instantOf(wall: WallTime, timeZone: string, which: 'first' | 'last' = 'first'): Millis {
  return showing(Date.UTC(wall.year, wall.month - 1, wall.day) + wall.minute * minuteMs, timeZone, which).at;
}

/** When something begins that begins when the clock shows this, given as if it were UTC: the first time, or the jump over it. */
export function beginningAt(shown: Millis, timeZone: string): Millis {
  return showing(shown, timeZone, 'first').at;
}

/** When something ends whose last minute is the one before this on the clock: that minute's end, the last time it comes; or the jump over it. */
export function endingAt(shown: Millis, timeZone: string): Millis {
  const last = showing(shown - minuteMs, timeZone, 'last');
  return last.real ? last.at + minuteMs : last.at;
}

function showing(shown: Millis, timeZone: string, which: 'first' | 'last'): { at: Millis; real: boolean } {
  const dayBefore = shown - offsetAt(shown - dayMs, timeZone);
  const dayAfter = shown - offsetAt(shown + dayMs, timeZone);
  if (dayBefore === dayAfter) return { at: dayBefore, real: true };
  const candidates = [Math.min(dayBefore, dayAfter), Math.max(dayBefore, dayAfter)] as const;
  const real = candidates.filter((candidate) => candidate + offsetAt(candidate, timeZone) === shown);
  const chosen = which === 'first' ? real[0] : real.at(-1);
  return chosen === undefined ? { at: jumpBetween(candidates[0], candidates[1], timeZone), real: false } : { at: chosen, real: true };
}

/** The minute at which the zone's offset changes, by halving. */
function jumpBetween(before: Millis, after: Millis, timeZone: string): Millis {
  let low = before;
  let high = after;
  const old = offsetAt(low, timeZone);
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
    if (offsetAt(middle, timeZone) === old) low = middle;
    else high = middle;
  }
  return high;
}
