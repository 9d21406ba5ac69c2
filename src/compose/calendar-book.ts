import { AppError } from '../errors.js';
import type { CalendarDesk, CalendarVersionInput } from '../http/deps.js';
import type { Core } from '../inbox/core.js';
import { type ClaimedTwice, claimedTwice, faultsOf } from '../inbox/hours/check-calendar.js';
import { dayIn, sinceNow, withVersion } from '../inbox/hours/versions.js';
import type { Calendar, CalendarVersion } from '../inbox/model/calendar.js';
import { createHolidays, type Holidays } from './holidays.js';
import { changeTimes } from './target-desk.js';
import type { TimeBook } from './time-rules.js';

/** From then on holidays are known; the same year as the first for which the lists are good in most countries. */
const firstYear = 2015;
const yearsAhead = 2;
/** More changes than anybody makes by hand. */
const mostVersions = 200;

export type CalendarCore = Pick<Core, 'clock' | 'store' | 'lanes' | 'newId' | 'channels'>;

/** The calendars, with everything that is checked before one is written. Changes follow one another. */
export class CalendarBook implements CalendarDesk {
  constructor(private readonly core: CalendarCore, private readonly times: TimeBook, private readonly lists: Holidays = createHolidays()) {}

  /** The default first, then as they were made. */
  list(): readonly Calendar[] {
    return [...this.times.rules().calendars].sort((a, b) => Number(b._id === 'default') - Number(a._id === 'default') || a.createdAt - b.createdAt || (a._id < b._id ? -1 : 1));
  }

  create(input: { name: string; version: CalendarVersionInput; id?: string }): Promise<Calendar> {
    return this.inTurn(async () => {
      const version = await this.resolve(input.version, undefined);
      const calendar: Calendar = { _id: input.id ?? this.core.newId(), name: input.name.trim(), versions: [version], createdAt: this.core.clock() };
      await this.check(calendar, version);
      await changeTimes(this.core, this.times, (c) => c.calendars.insert(calendar));
      return calendar;
    });
  }

  change(id: string, change: { name?: string; version?: CalendarVersionInput }): Promise<Calendar | undefined> {
    return this.inTurn(async () => {
      const calendar = await this.core.store.now.calendars.get(id);
      if (calendar === undefined) return undefined;
      const versions = change.version === undefined ? undefined : await this.versionsWith(calendar, change.version);
      const set = { ...(change.name === undefined ? {} : { name: change.name.trim() }), ...(versions === undefined ? {} : { versions }) };
      return changeTimes(this.core, this.times, (c) => c.calendars.change(id, { set }));
    });
  }

  remove(id: string): Promise<boolean> {
    if (id === 'default') throw new AppError('conflict', 'This calendar counts where no other does, so it has to stay. Its hours can be changed.', { facts: { rule: 'default_calendar' } });
    return this.inTurn(() => changeTimes(this.core, this.times, (c) => c.calendars.remove(id)));
  }

  countries(): ReturnType<Holidays['countries']> {
    return this.lists.countries();
  }

  holidays(place: { country: string; region?: string }, year: number): ReturnType<Holidays['days']> {
    return this.lists.days(place, { from: year, to: year });
  }

  /** Once at start: lists of holidays that end too soon are continued. What they said of earlier years stays. Returns how many versions grew. */
  async continueHolidays(): Promise<number> {
    const until = this.thisYear() + yearsAhead;
    let grown = 0;
    for (const calendar of this.list().filter(({ versions }) => versions.some((version) => lastYearOf(version) < until))) {
      await this.inTurn(async () => {
        const versions = await Promise.all(calendar.versions.map((version) => this.continued(version, until)));
        grown += versions.filter((version, index) => version !== calendar.versions[index]).length;
        await changeTimes(this.core, this.times, (c) => c.calendars.change(calendar._id, { set: { versions } }));
      });
    }
    return grown;
  }

  private async continued(version: CalendarVersion, until: number): Promise<CalendarVersion> {
    const last = lastYearOf(version);
    if (version.holidays === undefined || last >= until) return version;
    const more = await this.lists.days(version.holidays, { from: last + 1, to: until });
    return { ...version, holidayDays: [...version.holidayDays, ...more.filter(({ date }) => !version.holidayDays.some((known) => known.date === date))] };
  }

  private async versionsWith(calendar: Calendar, input: CalendarVersionInput): Promise<CalendarVersion[]> {
    const version = await this.resolve(input, calendar);
    const versions = withVersion(calendar.versions, version);
    if (versions.length > mostVersions) throw new AppError('conflict', `This calendar has been changed ${mostVersions} times; that is as many as are kept. Make a new one.`);
    await this.check({ ...calendar, versions }, version);
    return versions;
  }

  private async resolve({ since, ...input }: CalendarVersionInput, calendar: Calendar | undefined): Promise<CalendarVersion> {
    const { holidays, ...rest } = input;
    const place = holidays === undefined ? undefined : await this.lists.placeOf(holidays);
    const first = since === undefined && calendar !== undefined ? sinceNow(calendar, input.timeZone, this.core.clock()) : since ?? undefined;
    return {
      ...rest, ...(first === undefined ? {} : { since: first }),
      blocks: [...input.blocks].sort((a, b) => a.day - b.day || a.from - b.from),
      exceptions: input.exceptions.map((each) => ({ ...each, name: each.name.trim() })).sort((a, b) => (a.date < b.date ? -1 : 1)),
      ...(place === undefined ? {} : { holidays: place }),
      holidayDays: place === undefined ? [] : await this.lists.days(place, { from: firstYear, to: this.thisYear() + yearsAhead }),
      teamIds: [...new Set(input.teamIds)], channelIds: [...new Set(input.channelIds)],
      customerTags: [...new Set(input.customerTags.map((tag) => tag.trim().toLowerCase()))],
    };
  }

  /** Throws with the first fault as its message, and all of them by field. */
  private async check(calendar: Calendar, version: CalendarVersion): Promise<void> {
    const faults = { ...faultsOf(version), ...await this.strangers(version) };
    const [why] = Object.values(faults);
    if (why !== undefined) throw new AppError('bad_request', why, { facts: { fields: byPath(faults) } });
    const claims = claimedTwice(await this.core.store.now.calendars.all(), calendar, version);
    if (claims.length === 0) return;
    const told = await Promise.all(claims.map(async (claim) => [claim.field, await this.tell(claim)] as const));
    throw new AppError('conflict', told[0]?.[1] ?? '', { facts: { fields: byPath(Object.fromEntries(told.reverse())) } });
  }

  /** Teams and channels that are not there. */
  private async strangers(version: CalendarVersion): Promise<Record<string, string>> {
    const teams = version.teamIds.length === 0 ? [] : await this.core.store.now.teams.all();
    const team = version.teamIds.find((id) => !teams.some(({ _id }) => _id === id));
    const channel = version.channelIds.find((id) => !this.core.channels().has(id));
    return {
      ...(team === undefined ? {} : { teamIds: `There is no team “${team}”.` }),
      ...(channel === undefined ? {} : { channelIds: `There is no channel “${channel}”.` }),
    };
  }

  private async tell({ field, what, by, since }: ClaimedTwice): Promise<string> {
    const name = field === 'teamIds' ? `the team ${(await this.core.store.now.teams.get(what))?.name ?? what}`
      : field === 'channelIds' ? `the channel ${this.core.channels().get(what)?.name ?? what}` : `customers with the tag “${what}”`;
    return `The calendar “${by.name}” counts for ${name} already, ${since === undefined ? 'for all time' : `from ${since} on`}. Take it out there first, or choose a day on which it no longer does.`;
  }

  private thisYear(): number {
    return Number(dayIn('UTC', this.core.clock()).slice(0, 4));
  }

  private inTurn<R>(task: () => Promise<R>): Promise<R> {
    return this.core.lanes.run('calendars', task);
  }
}

function byPath(faults: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(faults).map(([field, why]) => [`version.${field}`, why]));
}

/** Until when its holidays are known; without a list for ever. */
function lastYearOf({ holidays, holidayDays }: CalendarVersion): number {
  return holidays === undefined ? Infinity : Number(holidayDays.at(-1)?.date.slice(0, 4) ?? firstYear - 1);
}
