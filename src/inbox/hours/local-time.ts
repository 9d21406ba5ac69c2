import type { Millis } from '../inbox/model/common.js';

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

const formats = new Map<string, Intl.DateTimeFormat>();
const formatsKept = 100;

/** Whether the name is one that this Node knows. Use before trusting a zone that came from outside. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return formatIn(timeZone).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

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
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day) + wall.minute * minuteMs;
  const candidates = [asUtc - offsetAt(asUtc - dayMs, timeZone), asUtc - offsetAt(asUtc + dayMs, timeZone)].sort((a, b) => a - b);
  const real = candidates.filter((candidate) => candidate + offsetAt(candidate, timeZone) === asUtc);
  const chosen = which === 'first' ? real[0] : real.at(-1);
  return chosen ?? jumpBetween(candidates[0] ?? asUtc, candidates[1] ?? asUtc, timeZone);
}

/** Zones change their offset at quarters of an hour only, so what was found for one holds for all of it. */
const quarterMs = 15 * minuteMs;
const offsets = new Map<string, number>();
const offsetsKept = 2_000;

/** Milliseconds to add to UTC to get the wall time. */
function offsetAt(at: Millis, timeZone: string): number {
  const quarter = Math.floor(at / quarterMs);
  const key = `${timeZone}|${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = shownAt(quarter * quarterMs, timeZone) - quarter * quarterMs;
  if (offsets.size >= offsetsKept) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** What the clock in the zone shows, as if it were UTC. */
function shownAt(at: Millis, timeZone: string): Millis {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const part of formatIn(timeZone).formatToParts(at)) {
    if (isKept(part.type)) parts[part.type] = Number(part.value);
  }
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
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

function isKept(type: string): type is 'year' | 'month' | 'day' | 'hour' | 'minute' {
  return type === 'year' || type === 'month' || type === 'day' || type === 'hour' || type === 'minute';
}

/** Making a format takes 30 µs, using one 2 µs; so the last hundred zones' are kept. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' });
  if (formats.size >= formatsKept) formats.clear();
  formats.set(timeZone, made);
  return made;
}
