import type { Millis } from '../model/common.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const stretchMs = 512 * dayMs;
/** The last and first moment that a date can hold. */
const mostMs = 8_640_000_000_000_000;

/** Where a zone's offset changes within one stretch of time; `offsets[i]` holds from `starts[i]` on. */
interface Stretch {
  starts: number[];
  offsets: number[];
}

const zones = new Map<string, Map<number, Stretch>>();
const formats = new Map<string, Intl.DateTimeFormat>();
const zonesKept = 600;
const stretchesKept = 200;

/** Whether the name is one that this Node knows. Use before trusting a zone that came from outside. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return formatIn(timeZone).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Milliseconds to add to UTC to get the wall time. Throws RangeError for an unknown zone. */
export function offsetAt(at: Millis, timeZone: string): number {
  const { starts, offsets } = stretchOf(timeZone, Math.floor(at / stretchMs));
  let index = starts.length - 1;
  while (index > 0 && (starts[index] ?? 0) > at) index -= 1;
  return offsets[index] ?? 0;
}

function stretchOf(timeZone: string, number: number): Stretch {
  let known = zones.get(timeZone);
  if (known === undefined) {
    if (zones.size >= zonesKept) zones.clear();
    zones.set(timeZone, known = new Map());
  }
  let stretch = known.get(number);
  if (stretch === undefined) {
    stretch = readStretch(timeZone, number);
    if (known.size >= stretchesKept) known.clear();
    known.set(number, stretch);
  }
  return stretch;
}

/** Looks once a day: no zone has ever changed its clocks twice within one. Takes half a millisecond. */
function readStretch(timeZone: string, number: number): Stretch {
  const format = formatIn(timeZone);
  let at = number * stretchMs;
  let offset = shownOffset(format, at);
  const stretch: Stretch = { starts: [at], offsets: [offset] };
  for (const end = at + stretchMs; at < end; at += dayMs) {
    const next = shownOffset(format, at + dayMs);
    if (next === offset) continue;
    stretch.starts.push(changeBetween(format, at, at + dayMs));
    stretch.offsets.push(next);
    offset = next;
  }
  return stretch;
}

/** The minute at which the offset changes, by halving. */
function changeBetween(format: Intl.DateTimeFormat, before: Millis, after: Millis): Millis {
  const old = shownOffset(format, before);
  let low = before;
  let high = after;
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
    if (shownOffset(format, middle) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** From "1/2/2026, GMT+01:00"; zones of long ago have seconds. */
function shownOffset(format: Intl.DateTimeFormat, at: Millis): number {
  const shown = format.format(Math.max(-mostMs, Math.min(mostMs, at)));
  const [hours = 0, minutes = 0, seconds = 0] = shown.slice(shown.indexOf('GMT') + 4).split(':').map(Number);
  const length = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
  return shown.includes('GMT-') ? -length : length;
}

/** Making a format takes 30 µs, using one 1 µs; so those of the last hundred zones are kept. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  if (formats.size >= 100) formats.clear();
  formats.set(timeZone, made);
  return made;
}
