import type { Calendar, CalendarVersion } from '../model/calendar.js';
import type { Millis } from '../model/common.js';
import { beginOf } from './which-calendar.js';
import { wallTimeAt } from './local-time.js';

/** `YYYY-MM-DD` on the wall of this zone. */
export function dayIn(timeZone: string, at: Millis): string {
  const { year, month, day } = wallTimeAt(at, timeZone);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The history with this version in it, oldest first; of the same first day it replaces what was there. */
export function withVersion(versions: readonly CalendarVersion[], version: CalendarVersion): CalendarVersion[] {
  return [...versions.filter(({ since }) => since !== version.since), version].sort((a, b) => (a.since ?? '') < (b.since ?? '') ? -1 : 1);
}

/** What a calendar says at this moment; `undefined` before its first day. */
export function versionAt(calendar: Pick<Calendar, 'versions'>, at: Millis): CalendarVersion | undefined {
  return calendar.versions.findLast((version) => beginOf(version) <= at);
}

/** The first day of a version that is to hold from now on: today, but never before the one that holds now. */
export function sinceNow(calendar: Pick<Calendar, 'versions'>, timeZone: string, now: Millis): string {
  const today = dayIn(timeZone, now);
  const current = versionAt(calendar, now)?.since;
  return current !== undefined && current > today ? current : today;
}

/** The stretches of time in which each version holds. */
export function reigns(calendar: Pick<Calendar, 'versions'>): { version: CalendarVersion; from: Millis; to: Millis }[] {
  return calendar.versions.map((version, index) => ({
    version, from: beginOf(version), to: Math.min(Infinity, ...calendar.versions.slice(index + 1).map(beginOf)),
  })).filter(({ from, to }) => from < to);
}
