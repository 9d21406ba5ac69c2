import type { Calendar, CalendarVersion } from '../../../src/inbox/model/calendar.js';

const nothing = { exceptions: [], holidayDays: [], teamIds: [], channelIds: [], customerTags: [] };

export function version(facts: Partial<CalendarVersion> & Pick<CalendarVersion, 'timeZone' | 'blocks'>): CalendarVersion {
  return { ...nothing, ...facts };
}

/** With one version, unless several are given. */
export function calendar(facts: Partial<CalendarVersion> & Pick<CalendarVersion, 'timeZone' | 'blocks'>, more: Partial<Calendar> = {}): Calendar {
  return { _id: 'default', name: 'House', createdAt: 0, versions: [version(facts)], ...more };
}

/** Minutes of "09:30". */
export function clock(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Blocks on these days, each given as "09:00-12:00"; an end beyond 24:00 lies on the next day. */
export function on(days: readonly number[], ...spans: string[]): CalendarVersion['blocks'] {
  return days.flatMap((day) => spans.map((span) => {
    const [from = '', to = ''] = span.split('-');
    return { day, from: clock(from), to: clock(to) };
  }));
}

export const weekdays = [0, 1, 2, 3, 4];
export const everyDay = [0, 1, 2, 3, 4, 5, 6];
