import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { CalendarView, HolidayCountry } from '../../../lib/shapes.js';
import type { CalendarVersionInput } from '../model/calendar-form.js';

/** Opening hours with their history; the one that counts everywhere comes first. */
export function listCalendars(api: Api) {
  return queryOptions({ queryKey: keys.calendars, queryFn: async ({ signal }) => (await api.get<{ items: CalendarView[] }>('/calendars', undefined, signal)).items });
}

/** Makes one, or adds a version to the one with this id. */
export function saveCalendar(api: Api, id: string | undefined, input: { name: string; version: CalendarVersionInput }): Promise<CalendarView> {
  return id === undefined ? api.send('POST', '/calendars', input) : api.send('PATCH', `/calendars/${encodeURIComponent(id)}`, input);
}

/** Takes one away; the default counts again where it did. */
export function removeCalendar(api: Api, id: string): Promise<void> {
  return api.send('DELETE', `/calendars/${encodeURIComponent(id)}`, {});
}

/** Countries with a ready-made list of public holidays. */
export function listHolidayCountries(api: Api) {
  return queryOptions({ queryKey: keys.holidayCountries, staleTime: Infinity, queryFn: async ({ signal }) => (await api.get<{ items: HolidayCountry[] }>('/calendars/holidays/countries', undefined, signal)).items });
}

/** The public holidays of one year. */
export function listHolidays(api: Api, place: { country: string; region: string }, year: number) {
  const query = { country: place.country, ...(place.region === '' ? {} : { region: place.region }), year: String(year) };
  return queryOptions({ queryKey: keys.holidays(JSON.stringify(query)), staleTime: Infinity, queryFn: async ({ signal }) => (await api.get<{ items: { date: string; name: string }[] }>('/calendars/holidays', query, signal)).items });
}
