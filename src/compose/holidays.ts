import type Library from 'date-holidays';
import { AppError } from '../errors.js';
import { lettersApart } from '../inbox/hours/near-zones.js';
import type { CalendarVersion } from '../inbox/model/calendar.js';

export interface HolidayCountry {
  code: string;
  name: string;
  regions: { code: string; name: string }[];
}

export type HolidayPlace = NonNullable<CalendarVersion['holidays']>;
export type HolidayDay = CalendarVersion['holidayDays'][number];

/** Ready-made lists of public holidays. The library (some 20 MB in memory) is loaded by whoever asks first. */
export interface Holidays {
  countries(): Promise<HolidayCountry[]>;
  /** Of these years, both counted, oldest first; each day once. Throws `bad_request` for a place without a list, with `facts.fields`. */
  days(place: HolidayPlace, years: { from: number; to: number }): Promise<HolidayDay[]>;
  /** As the list writes it ("de" → "DE"); throws like `days`. */
  placeOf(place: HolidayPlace): Promise<HolidayPlace>;
}

const halfDayMs = 43_200_000;
const dayMs = 86_400_000;

export function createHolidays(): Holidays {
  let loading: Promise<typeof Library> | undefined;
  const load = (): Promise<typeof Library> => loading ??= import('date-holidays').then((module) => module.default);
  let listed: HolidayCountry[] | undefined;
  const countries = async (): Promise<HolidayCountry[]> => listed ??= listCountries(new (await load())());
  const placeOf = async (place: HolidayPlace): Promise<HolidayPlace> => knownPlace(await countries(), place);
  return {
    countries, placeOf,
    days: async (asked, years) => {
      const place = await placeOf(asked);
      const [state, region] = (place.region ?? '').split(/-(.*)/s);
      const list = new (await load())({ country: place.country, ...(state ? { state } : {}), ...(region ? { region } : {}) }, { languages: 'en', types: ['public'] });
      const found = new Map<string, string>();
      for (let year = years.from; year <= years.to; year += 1) {
        for (const holiday of list.getHolidays(year, 'en')) {
          for (const date of daysOf(holiday)) if (!found.has(date)) found.set(date, holiday.name.slice(0, 120));
        }
      }
      return [...found].map(([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1));
    },
  };
}

/** Regions of regions follow them, as "BY-A". */
function listCountries(library: Library): HolidayCountry[] {
  return Object.entries(library.getCountries('en')).map(([code, name]) => ({
    code, name,
    regions: named(library.getStates(code, 'en')).flatMap((state) => [
      state, ...named(library.getRegions(code, state.code, 'en')).map((region) => ({ code: `${state.code}-${region.code}`, name: `${state.name}, ${region.name}` })),
    ]),
  })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The library gives nothing where there are none. */
function named(names: Record<string, string> | undefined): { code: string; name: string }[] {
  return Object.entries(names ?? {}).map(([code, name]) => ({ code, name })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function knownPlace(countries: readonly HolidayCountry[], place: HolidayPlace): HolidayPlace {
  const country = countries.find(({ code }) => code === place.country.toUpperCase());
  if (country === undefined) throw unknown('country', `There is no list of holidays for the country “${place.country}”.${meant(place.country, countries) ?? ' It is written as a code of two letters, such as DE.'}`);
  if (place.region === undefined || place.region === '') return { country: country.code };
  const region = country.regions.find(({ code }) => code.toLowerCase() === place.region?.toLowerCase());
  if (region === undefined) {
    const why = country.regions.length === 0 ? ` ${country.name} has one list for all of it.` : meant(place.region, country.regions) ?? ` It has ${country.regions.map(({ code }) => code).join(', ')}.`;
    throw unknown('region', `${country.name} has no region “${place.region}” in its list of holidays.${why}`);
  }
  return { country: country.code, region: region.code };
}

function unknown(field: 'country' | 'region', why: string): AppError {
  return new AppError('bad_request', why, { facts: { fields: { [`version.holidays.${field}`]: why } } });
}

/** " Did you mean Germany (DE)?" */
function meant(typed: string, known: readonly { code: string; name: string }[]): string | undefined {
  const wanted = typed.toLowerCase();
  const near = known.map((one) => ({ one, distance: lettersApart(one.name.toLowerCase(), wanted) })).filter(({ distance }) => distance <= Math.max(1, wanted.length / 4))
    .sort((a, b) => a.distance - b.distance)[0]?.one;
  return near === undefined ? undefined : ` Did you mean ${near.name} (${near.code})?`;
}

/** The days of which more than half belongs to it: some begin in the evening before, some last for several, some only from noon on. */
function daysOf(holiday: { date: string; start: Date; end: Date }): string[] {
  const [day = '', clock = '00:00:00'] = holiday.date.split(' ');
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const from = midnight + (hours * 60 + minutes) * 60_000;
  const to = from + holiday.end.getTime() - holiday.start.getTime();
  const days: string[] = [];
  for (let at = midnight; at < to; at += dayMs) {
    if (Math.min(to, at + dayMs) - Math.max(from, at) > halfDayMs) days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}
