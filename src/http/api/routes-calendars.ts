import { AppError } from '../../errors.js';
import type { CalendarVersionInput } from '../deps.js';
import type { ApiContext } from './context.js';
import { defined } from './defined.js';
import { found } from './found.js';
import { presentCalendar } from './present-calendars.js';
import { idParams } from './requests.js';
import { type calendarVersionBody, changeCalendarBody, holidaysQuery, newCalendarBody } from './requests-reports.js';
import { route, type Route } from './route.js';
import type { z } from 'zod';
import { calendar as calendarShape, calendarList, holidayCountries, holidayDays } from './shapes-reports.js';

const earliestYear = 1970;
const latestYear = 2100;

/** When somebody is there. Everybody may read it, administrators change it; what is open is held against the targets anew in the background. */
export function calendarRoutes({ calendars, clock }: ApiContext): Route[] {
  return [
    route({
      method: 'get', path: '/calendars', summary: 'Opening hours with their history; the first counts where no other does', who: 'agent', answer: calendarList,
      handle: () => Promise.resolve({ items: calendars.list().map((calendar) => presentCalendar(calendar, clock())) }),
    }),
    route({
      method: 'post', path: '/calendars', summary: 'Adds opening hours for some teams, channels or customers', who: 'administrator', body: newCalendarBody, answer: calendarShape, status: 201,
      handle: async ({ body }) => presentCalendar(await calendars.create({ name: body.name, version: inputOf(body.version) }), clock()),
    }),
    route({
      method: 'patch', path: '/calendars/:id', summary: 'Renames it, or adds hours that hold from a day on; waits that have ended keep their length', who: 'administrator', params: idParams, body: changeCalendarBody, answer: calendarShape,
      async handle({ params, body }) {
        const { name, version } = body;
        if (name === undefined && version === undefined) throw new AppError('bad_request', 'Give a name, a version, or both.');
        const change = { ...(name === undefined ? {} : { name }), ...(version === undefined ? {} : { version: inputOf(version) }) };
        return presentCalendar(found(await calendars.change(params.id, change), 'calendar'), clock());
      },
    }),
    route({
      method: 'delete', path: '/calendars/:id', summary: 'Takes it away with its history; waits that have ended keep their length', who: 'administrator', params: idParams,
      async handle({ params }) {
        found((await calendars.remove(params.id)) || undefined, 'calendar');
      },
    }),
    route({
      method: 'get', path: '/calendars/holidays/countries', summary: 'Countries and regions with a ready-made list of public holidays', who: 'agent', answer: holidayCountries,
      handle: async () => ({ items: await calendars.countries() }),
    }),
    route({
      method: 'get', path: '/calendars/holidays', summary: 'The public holidays of a country or region in one year', who: 'agent', query: holidaysQuery, answer: holidayDays,
      async handle({ query: { year, ...place } }) {
        if (year < earliestYear || year > latestYear) throw new AppError('bad_request', `The lists are for the years ${earliestYear} to ${latestYear}.`, { facts: { fields: { year: 'out of range' } } });
        return { items: await calendars.holidays(defined(place), year) };
      },
    }),
  ];
}

function inputOf({ since, holidays, ...rest }: z.output<typeof calendarVersionBody>): CalendarVersionInput {
  return { ...rest, ...(since === undefined ? {} : { since }), ...(holidays === undefined ? {} : { holidays: defined(holidays) }) };
}
