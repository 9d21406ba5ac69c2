import type { Calendar } from '../model/calendar.js';
import type { Millis } from '../model/common.js';
import type { Place, Span } from './place.js';
import { VersionSpans } from './version-spans.js';
import { WhichCalendar } from './which-calendar.js';

export type { Span } from './place.js';

const twoYearsMs = 731 * 86_400_000;

/**
 * Open time between two instants, in ms, by the calendar that counts at each moment in this place; where none counts it is
 * always open. A calendar that is changed must become another object, in another list: what was worked out is kept for both.
 */
export function openMsBetween(calendars: readonly Calendar[], place: Place, span: Span): number {
  let sum = 0;
  for (const { from, to, version } of WhichCalendar.among(calendars).in(place)) {
    const begin = Math.max(from, span.from);
    const end = Math.min(to, span.to);
    if (end > begin) sum += version === undefined ? end - begin : VersionSpans.of(version).openMs(begin, end);
  }
  return sum;
}

/** The open stretches in it, oldest first, cut at its ends, never touching each other. */
export function openSpans(calendars: readonly Calendar[], place: Place, span: Span): Span[] {
  const spans: Span[] = [];
  eachOpen(calendars, place, span, (from, to) => {
    const last = spans.at(-1);
    if (last?.to === from) last.to = to;
    else spans.push({ from, to });
    return true;
  });
  return spans;
}

/**
 * The instant by which `ms` of open time have passed since `from` (the end of a block, not the opening after it);
 * `undefined` when it does not open enough within two years.
 */
export function afterOpenMs(calendars: readonly Calendar[], place: Place, from: Millis, ms: number): Millis | undefined {
  if (ms <= 0) return from;
  let left = ms;
  let reached: Millis | undefined;
  eachOpen(calendars, place, { from, to: from + twoYearsMs }, (begin, end) => {
    if (end - begin >= left) reached = begin + left;
    left -= end - begin;
    return reached === undefined;
  });
  return reached;
}

/** Hands over stretch after stretch, until told to stop by `false`; two may touch. */
function eachOpen(calendars: readonly Calendar[], place: Place, span: Span, take: (from: Millis, to: Millis) => boolean): void {
  for (const { from, to, version } of WhichCalendar.among(calendars).in(place)) {
    const begin = Math.max(from, span.from);
    const end = Math.min(to, span.to);
    if (end <= begin) continue;
    const goesOn = version === undefined ? take(begin, end) : VersionSpans.of(version).each(begin, end, take);
    if (!goesOn) return;
  }
}
