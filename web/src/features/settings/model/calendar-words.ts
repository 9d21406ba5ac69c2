import type { CalendarView, Hours, Me } from '../../../lib/shapes.js';
import { timeOfDay } from '../../../lib/time/format.js';
import type { Version } from './calendar-form.js';
import { blocksOf, minuteText } from './hours.js';

const short = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** "Mon–Fri 09:00–12:00, 13:00–18:00; Sat 10:00–14:00": days with the same hours stand together. */
export function weekWords(hours: Hours): string {
  const texts = short.map((_name, day) => blocksOf(hours, day).map(({ from, to }) => `${minuteText(from)}–${minuteText(to)}`).join(', '));
  const parts: string[] = [];
  for (let day = 0; day < 7;) {
    let end = day;
    while (end < 6 && texts[end + 1] === texts[day]) end += 1;
    if (texts[day] !== '') parts.push(`${day === end ? short[day] ?? '' : `${short[day] ?? ''}–${short[end] ?? ''}`} ${texts[day] ?? ''}`);
    day = end + 1;
  }
  return parts.join('; ');
}

/** Where a version counts: "Workshop, Shop chat, customers tagged vip". */
export function whereWords(version: Pick<Version, 'teamIds' | 'channelIds' | 'customerTags'>, me: Pick<Me, 'teams' | 'channels'>): string {
  const named = (ids: readonly string[], all: readonly { id: string; name: string }[]): string[] => ids.map((id) => all.find((one) => one.id === id)?.name ?? 'something that was removed');
  const tags = version.customerTags.length === 0 ? [] : [`customers tagged ${version.customerTags.join(' or ')}`];
  return [...named(version.teamIds, me.teams), ...named(version.channelIds, me.channels), ...tags].join(', ');
}

/** "Open until 17:00", "Closed until Mon 09:00": by the wall clock of the calendar. */
export function stateWords(calendar: Pick<CalendarView, 'openNow' | 'changesAt'>, timeZone: string, now: number): string {
  const word = calendar.openNow ? 'Open' : 'Closed';
  if (calendar.changesAt === undefined) return calendar.openNow ? 'Always open' : 'Closed';
  const day = (at: number): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
  const weekday = day(calendar.changesAt) === day(now) ? '' : `${new Intl.DateTimeFormat('en-GB', calendar.changesAt - now < 6 * 86_400_000 ? { timeZone, weekday: 'short' } : { timeZone, day: 'numeric', month: 'short' }).format(calendar.changesAt)} `;
  return `${word} until ${weekday}${timeOfDay(calendar.changesAt, timeZone)}`;
}

/** "Fri 25 December 2026" for `2026-12-25`. */
export function dateWords(date: string): string {
  const at = Date.parse(`${date}T12:00:00Z`);
  return Number.isNaN(at) ? date : new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' }).format(at).replace(',', '');
}
