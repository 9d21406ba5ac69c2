import type { Calendar, CalendarVersion } from '../model/calendar.js';
import type { Millis } from '../model/common.js';
import { dayNumber } from './days.js';
import { beginningAt } from './local-time.js';
import type { Place } from './place.js';

const dayMs = 86_400_000;
const placesKept = 5_000;

/** A stretch of time in which one version counts; without one, it is always open. */
export interface InForce {
  from: Millis;
  to: Millis;
  version?: CalendarVersion;
}

/** A calendar's versions with the moments from which they hold; the last of those that have begun is in force. */
interface Dated {
  calendar: Calendar;
  versions: { version: CalendarVersion; begins: Millis }[];
}

/** Which version counts in a place, at each moment. Made once for a set of calendars. */
export class WhichCalendar {
  private readonly dated: Dated[];
  private readonly boundaries: Millis[];
  private readonly mentioned: { teams: Set<string>; channels: Set<string>; tags: Set<string> };
  private readonly lines = new Map<string, readonly InForce[]>();

  private constructor(calendars: readonly Calendar[]) {
    this.dated = [...calendars].sort((a, b) => a.createdAt - b.createdAt || (a._id < b._id ? -1 : 1))
      .map((calendar) => ({ calendar, versions: calendar.versions.map((version) => ({ version, begins: beginOf(version) })) }));
    const versions = this.dated.flatMap((each) => each.versions);
    this.boundaries = [...new Set([-Infinity, ...versions.map(({ begins }) => begins)])].sort((a, b) => a - b);
    this.mentioned = {
      teams: new Set(versions.flatMap(({ version }) => version.teamIds)),
      channels: new Set(versions.flatMap(({ version }) => version.channelIds)),
      tags: new Set(versions.flatMap(({ version }) => version.customerTags.map(folded))),
    };
  }

  private static readonly known = new WeakMap<readonly Calendar[], WhichCalendar>();

  /** For one and the same list of calendars, one and the same. */
  static among(calendars: readonly Calendar[]): WhichCalendar {
    let which = WhichCalendar.known.get(calendars);
    if (which === undefined) WhichCalendar.known.set(calendars, which = new WhichCalendar(calendars));
    return which;
  }

  /** From the beginning of time to its end, without gaps. What no calendar names makes no difference. */
  in({ teamId, channelId, customerTags }: Place): readonly InForce[] {
    const team = teamId !== undefined && this.mentioned.teams.has(teamId) ? teamId : undefined;
    const channel = channelId !== undefined && this.mentioned.channels.has(channelId) ? channelId : undefined;
    const tags = customerTags === undefined || this.mentioned.tags.size === 0 ? [] : this.mentionedOf(customerTags);
    const key = `${team ?? ''}\n${channel ?? ''}${tags.length === 0 ? '' : `\n${tags.sort().join('\n')}`}`;
    let line = this.lines.get(key);
    if (line === undefined) {
      line = this.work({ ...(team === undefined ? {} : { teamId: team }), ...(channel === undefined ? {} : { channelId: channel }), customerTags: tags });
      if (this.lines.size >= placesKept) this.lines.clear();
      this.lines.set(key, line);
    }
    return line;
  }

  private mentionedOf(customerTags: readonly string[]): string[] {
    const found: string[] = [];
    for (const tag of customerTags) {
      const same = folded(tag);
      if (this.mentioned.tags.has(same)) found.push(same);
    }
    return found;
  }

  private work(place: Place): InForce[] {
    const line: InForce[] = [];
    this.boundaries.forEach((from, index) => {
      const to = this.boundaries[index + 1] ?? Infinity;
      const version = this.at(place, from);
      const last = line.at(-1);
      if (last !== undefined && last.version === version) last.to = to;
      else line.push({ from, to, ...(version === undefined ? {} : { version }) });
    });
    return line;
  }

  /** Tag before channel before team before the default; of several on one level the calendar that was made first. */
  private at({ teamId, channelId, customerTags }: Place, at: Millis): CalendarVersion | undefined {
    const now = this.dated.flatMap(({ calendar, versions }) => {
      const found = versions.findLast(({ begins }) => begins <= at);
      return found === undefined ? [] : [{ id: calendar._id, version: found.version }];
    });
    const found = now.find(({ version }) => customerTags?.some((tag) => version.customerTags.some((own) => folded(own) === tag)) === true)
      ?? now.find(({ version }) => channelId !== undefined && version.channelIds.includes(channelId))
      ?? now.find(({ version }) => teamId !== undefined && version.teamIds.includes(teamId))
      ?? now.find(({ id }) => id === 'default');
    return found?.version;
  }
}

/** A tag is the same however it is written. */
function folded(tag: string): string {
  return tag.trim().toLowerCase();
}

/** 00:00 of its first day in its own zone. */
export function beginOf(version: Pick<CalendarVersion, 'since' | 'timeZone'>): Millis {
  return version.since === undefined ? -Infinity : beginningAt(dayNumber(version.since) * dayMs, version.timeZone);
}
