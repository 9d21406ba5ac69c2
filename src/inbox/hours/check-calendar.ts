import type { Calendar, CalendarVersion } from '../model/calendar.js';
import { reigns } from './versions.js';

/** What is wrong with a version by itself: field → why. Empty when nothing is. */
export function faultsOf(version: Pick<CalendarVersion, 'blocks' | 'exceptions'>): Record<string, string> {
  const faults: Record<string, string> = {};
  if (version.blocks.length === 0) faults['blocks'] = 'A calendar without any open hour would stop every clock for good. Give it at least one block a week.';
  const twice = version.exceptions.find(({ date }, index) => version.exceptions.findIndex((other) => other.date === date) !== index);
  if (twice !== undefined) faults['exceptions'] = `${twice.date} stands there twice. Put its hours together, or take one away.`;
  return faults;
}

/** Something that two calendars count for at one and the same time. */
export interface ClaimedTwice {
  field: 'teamIds' | 'channelIds' | 'customerTags';
  /** The team's or channel's id, or the tag. */
  what: string;
  /** Who has it. */
  by: Calendar;
  /** From which day on it has it; absent: for all time. */
  since?: string;
}

/** What this version of a calendar would count for although another calendar does, at any moment while it holds. */
export function claimedTwice(calendars: readonly Calendar[], calendar: Calendar, version: CalendarVersion): ClaimedTwice[] {
  const mine = reigns(calendar).find((reign) => reign.version === version);
  if (mine === undefined) return [];
  return calendars.filter((other) => other._id !== calendar._id).flatMap((by) => reigns(by)
    .filter((reign) => reign.from < mine.to && mine.from < reign.to)
    .flatMap((reign) => sharedBy(version, reign.version).map((shared) => ({ ...shared, by, ...(reign.version.since === undefined ? {} : { since: reign.version.since }) }))));
}

function sharedBy(one: CalendarVersion, other: CalendarVersion): Pick<ClaimedTwice, 'field' | 'what'>[] {
  const tags = new Set(other.customerTags.map((tag) => tag.trim().toLowerCase()));
  return [
    ...one.teamIds.filter((id) => other.teamIds.includes(id)).map((what) => ({ field: 'teamIds' as const, what })),
    ...one.channelIds.filter((id) => other.channelIds.includes(id)).map((what) => ({ field: 'channelIds' as const, what })),
    ...one.customerTags.filter((tag) => tags.has(tag.trim().toLowerCase())).map((what) => ({ field: 'customerTags' as const, what })),
  ];
}
