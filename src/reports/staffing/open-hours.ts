import { openSpans, type Span } from '../../inbox/hours/open-time.js';
import type { Place } from '../../inbox/hours/place.js';
import type { Calendar } from '../../inbox/model/calendar.js';
import { hoursAWeek, type HoursOfWeek } from './hours-of-week.js';

/** What is open in each hour of a period, by the number of the hour (`HoursOfWeek.ofAll`); in order. */
export type OpenHours = ReadonlyMap<number, readonly Span[]>;

export function openHoursOf(calendars: readonly Calendar[], place: Place, hours: HoursOfWeek): OpenHours {
  const open = new Map<number, Span[]>();
  for (const span of openSpans(calendars, place, hours.period)) {
    for (let from = span.from; from < span.to;) {
      const to = Math.min(span.to, hours.endOfHour(from));
      const hour = hours.ofAll(from);
      const known = open.get(hour);
      if (known === undefined) open.set(hour, [{ from, to }]);
      else known.push({ from, to });
      from = to;
    }
  }
  return open;
}

/** By hour of the week: open in at least half of the weeks, for any part of it. */
export function usuallyOpen(open: OpenHours, hours: HoursOfWeek): boolean[] {
  const counts = new Array<number>(hoursAWeek).fill(0);
  for (const hour of open.keys()) {
    const weekHour = hours.weekHourOf(hour);
    counts[weekHour] = (counts[weekHour] ?? 0) + 1;
  }
  return counts.map((count, weekHour) => count > 0 && count * 2 >= hours.times(weekHour));
}
