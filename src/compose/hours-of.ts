import { AppError } from '../errors.js';
import type { CalendarVersionInput } from '../http/deps.js';
import { dayIn, versionAt } from '../inbox/hours/versions.js';
import type { Calendar, CalendarVersion } from '../inbox/model/calendar.js';
import type { Clock } from '../inbox/ports.js';
import type { BusinessHours, Team } from '../inbox/model/people.js';
import type { CalendarBook } from './calendar-book.js';
import { teamCalendarId } from './first-calendars.js';

/**
 * The hours of the workspace and of teams, as settings and teams show and change them: a short way to their calendars.
 * Reads what holds now; writes a version that holds from today on.
 */
export class HoursOf {
  constructor(private readonly book: CalendarBook, private readonly clock: Clock) {}

  house(): BusinessHours {
    const { version } = this.houseNow();
    return { timeZone: version.timeZone, blocks: version.blocks };
  }

  team(teamId: string): BusinessHours | undefined {
    const version = this.ofTeam(teamId)?.version;
    return version === undefined ? undefined : { timeZone: version.timeZone, blocks: version.blocks };
  }

  async setHouse(hours: BusinessHours): Promise<void> {
    const { calendar, version } = this.houseNow();
    if (isSame(version, hours)) return;
    await this.write(calendar, { ...inputOf(version), ...hours });
  }

  /** At set-up, when nothing has been measured yet: for all time. */
  async setFirstZone(timeZone: string): Promise<void> {
    const { calendar, version } = this.houseNow();
    await this.write(calendar, { ...inputOf(version), timeZone, since: null });
  }

  /** `null`: those of the house from today on. Throws `conflict` when its calendar counts elsewhere as well. */
  async setTeam(team: Pick<Team, '_id' | 'name'>, hours: BusinessHours | null, from: 'always' | 'today' = 'today'): Promise<void> {
    const now = this.ofTeam(team._id);
    if (hours === null) {
      if (now !== undefined) await this.write(now.calendar, { ...inputOf(now.version), teamIds: now.version.teamIds.filter((id) => id !== team._id) });
      return;
    }
    if (now === undefined) return this.giveOwn(team, hours, from);
    if (isSame(now.version, hours)) return;
    const others = now.version.teamIds.length - 1 + now.version.channelIds.length + now.version.customerTags.length;
    if (others > 0 || now.calendar._id === 'default') {
      throw new AppError('conflict', `The hours of ${team.name} come from the calendar “${now.calendar.name}”, which counts elsewhere as well. Change it under Settings, Opening hours.`, { facts: { calendarId: now.calendar._id } });
    }
    await this.write(now.calendar, { ...inputOf(now.version), ...hours });
  }

  private async giveOwn(team: Pick<Team, '_id' | 'name'>, hours: BusinessHours, from: 'always' | 'today'): Promise<void> {
    const id = teamCalendarId(team._id);
    const version: CalendarVersionInput = { exceptions: [], channelIds: [], customerTags: [], teamIds: [team._id], ...hours };
    const former = this.book.list().find(({ _id }) => _id === id);
    if (former !== undefined) return this.write(former, version);
    try {
      await this.book.create({ id, name: team.name, version: { ...version, ...(from === 'today' ? { since: dayIn(hours.timeZone, this.clock()) } : {}) } });
    } catch (error) {
      throw hoursFault(error);
    }
  }

  private async write(calendar: Calendar, version: CalendarVersionInput): Promise<void> {
    try {
      await this.book.change(calendar._id, { version });
    } catch (error) {
      throw hoursFault(error);
    }
  }

  private houseNow(): { calendar: Calendar; version: CalendarVersion } {
    const calendar = this.book.list().find(({ _id }) => _id === 'default');
    const version = calendar === undefined ? undefined : versionAt(calendar, this.clock());
    if (calendar === undefined || version === undefined) throw new AppError('bug', 'there is no default calendar');
    return { calendar, version };
  }

  private ofTeam(teamId: string): { calendar: Calendar; version: CalendarVersion } | undefined {
    const now = this.clock();
    for (const calendar of this.book.list()) {
      const version = versionAt(calendar, now);
      if (version?.teamIds.includes(teamId) === true) return { calendar, version };
    }
    return undefined;
  }
}

function inputOf({ since: _since, holidayDays: _days, ...rest }: CalendarVersion): CalendarVersionInput {
  return rest;
}

function isSame(version: CalendarVersion, hours: BusinessHours): boolean {
  const shown = (blocks: BusinessHours['blocks']): string => blocks.map(({ day, from, to }) => `${day}:${from}-${to}`).sort().join();
  return version.timeZone === hours.timeZone && shown(version.blocks) === shown(hours.blocks);
}

/** Settings and teams call it `hours`. */
function hoursFault(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'bad_request') return error;
  const fields = error.facts['fields'];
  const renamed = typeof fields !== 'object' || fields === null ? {} : Object.fromEntries(Object.entries(fields).map(([path, why]) => [path.replace(/^version\./, 'hours.'), String(why)]));
  return new AppError('bad_request', error.message, { cause: error, facts: { fields: renamed } });
}
