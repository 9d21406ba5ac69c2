import { openingState } from '../../inbox/hours/opening-state.js';
import { versionAt } from '../../inbox/hours/versions.js';
import type { Calendar } from '../../inbox/model/calendar.js';
import type { Millis } from '../../inbox/model/common.js';
import type { CalendarView } from './shapes-reports.js';

/** A calendar with its history, and whether somebody is there by it now. */
export function presentCalendar(calendar: Calendar, now: Millis): CalendarView {
  return { id: calendar._id, name: calendar.name, versions: calendar.versions, ...stateOf(calendar, now) };
}

function stateOf(calendar: Calendar, now: Millis): Pick<CalendarView, 'openNow' | 'changesAt'> {
  if (versionAt(calendar, now) === undefined) return { openNow: false };
  const { openNow, opensAt, closesAt } = openingState([{ ...calendar, _id: 'default' }], {}, now);
  return { openNow, changesAt: openNow ? closesAt : opensAt };
}
