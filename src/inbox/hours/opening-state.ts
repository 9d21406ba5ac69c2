import type { Calendar } from '../model/calendar.js';
import type { Millis } from '../model/common.js';
import { openSpans } from './open-time.js';
import type { Place } from './place.js';
import { WhichCalendar } from './which-calendar.js';

export interface OpeningState {
  openNow: boolean;
  /** When closed: the next opening; absent when there is none within 60 days. */
  opensAt?: Millis;
  /** When open: the end of this block, or of those that follow without a gap; absent when it stays open for 60 days. */
  closesAt?: Millis;
  /** Of the calendar that counts now. */
  timeZone: string;
}

const horizonMs = 60 * 86_400_000;

/** Whether somebody is there now, and when that changes: over holidays, exceptions, changes of the clock and of the calendar. */
export function openingState(calendars: readonly Calendar[], place: Place, now: Millis): OpeningState {
  const timeZone = zoneIn(calendars, place, now);
  const end = now + horizonMs;
  const first = openSpans(calendars, place, { from: now, to: end })[0];
  if (first === undefined) return { openNow: false, timeZone };
  if (first.from > now) return { openNow: false, opensAt: first.from, timeZone };
  return { openNow: true, ...(first.to < end ? { closesAt: first.to } : {}), timeZone };
}

/** The zone of the calendar that counts there at this moment. */
export function zoneIn(calendars: readonly Calendar[], place: Place, now: Millis): string {
  return WhichCalendar.among(calendars).in(place).findLast(({ from }) => from <= now)?.version?.timeZone ?? 'UTC';
}
