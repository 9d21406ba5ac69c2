import type { Calendar } from '../inbox/model/calendar.js';
import type { BusinessHours } from '../inbox/model/people.js';
import type { AllCollections } from '../store/collections/collections.js';
import { defaultWorkspace } from '../store/collections/people.js';

/**
 * Where there are no calendars yet they are made of what was there before: the hours of the workspace and of those teams
 * that have their own. The default comes last, and its absence says that this is to be done: a crash in between does no harm.
 */
export async function makeFirstCalendars(c: Pick<AllCollections, 'calendars' | 'settings' | 'teams'>): Promise<void> {
  if (await c.calendars.get('default') !== undefined) return;
  for (const team of await c.teams.all()) {
    if (team.hours !== undefined && team.hours.blocks.length > 0) await c.calendars.insert(teamCalendar(team, team.hours));
  }
  const { hours, setUpAt } = await c.settings.workspace();
  // Hours that never open would stop every clock for good.
  const blocks = hours.blocks.length > 0 ? hours.blocks : defaultWorkspace.hours.blocks;
  await c.calendars.insert({ _id: 'default', name: 'The house', createdAt: setUpAt ?? 0, versions: [{ ...bare, timeZone: hours.timeZone, blocks: [...blocks] }] });
}

/** A team's own calendar, for all time. */
export function teamCalendar(team: { _id: string; name: string; createdAt: number }, hours: BusinessHours): Calendar {
  return { _id: teamCalendarId(team._id), name: team.name, createdAt: team.createdAt, versions: [{ ...bare, teamIds: [team._id], timeZone: hours.timeZone, blocks: [...hours.blocks] }] };
}

export function teamCalendarId(teamId: string): string {
  return `team-${teamId}`;
}

const bare = { exceptions: [], holidayDays: [], teamIds: [], channelIds: [], customerTags: [] };
