import type { Query } from '../../../lib/api/query-string.js';

/** What the address of the page holds; all of it may be absent. */
export interface StaffingSearch {
  team?: string;
  channel?: string;
  weeks?: string;
  /** "0.9": nine of ten within the target. */
  share?: string;
  /** Minutes. */
  target?: string;
  handling?: string;
  /** "3": how many conversations one person looks after at a time. */
  concurrent?: string;
}

export const weekChoices = [4, 8, 12, 26] as const;
export const shareChoices = [0.8, 0.85, 0.9, 0.95] as const;
export const concurrentChoices = [1, 2, 3, 4, 5, 6, 8, 10] as const;
const usualWeeks = 8;
const usualShare = 0.9;

/** How many whole weeks are looked at. */
export function weeksOf({ weeks }: StaffingSearch): number {
  return weekChoices.find((choice) => String(choice) === weeks) ?? usualWeeks;
}

export function shareOf({ share }: StaffingSearch): number {
  return shareChoices.find((choice) => String(choice) === share) ?? usualShare;
}

/** How many conversations one person looks after at a time. */
export function concurrentOf({ concurrent }: StaffingSearch): number {
  return concurrentChoices.find((choice) => String(choice) === concurrent) ?? 1;
}

/** The minutes somebody typed; `undefined` when the server's own are meant, or what stands there is no such number. */
export function minutesOf(text: string | undefined, most: number): number | undefined {
  const typed = (text ?? '').trim().replace(',', '.');
  const value = /^\d{1,5}(?:\.\d)?$/.test(typed) ? Number(typed) : 0;
  return value > 0 && value <= most ? value : undefined;
}

export const mostTarget = 43_200;
export const mostHandling = 1_440;

/** What the server is asked for: whole weeks, Monday to Sunday, the last one that has ended included. */
export function staffingQuery(search: StaffingSearch, now: number): Query {
  const { from, to } = wholeWeeks(weeksOf(search), now);
  const target = minutesOf(search.target, mostTarget);
  return {
    from, to, concurrent: concurrentOf(search) === 1 ? undefined : concurrentOf(search), share: String(shareOf(search)), team: search.team, channel: search.channel,
    targetMinutes: target === undefined ? undefined : Math.max(1, Math.round(target)), handlingMinutes: minutesOf(search.handling, mostHandling),
  };
}

/** First and last day of that many weeks before the present one. */
export function wholeWeeks(weeks: number, now: number): { from: string; to: string } {
  const today = new Date(now);
  const sinceMonday = (today.getDay() + 6) % 7;
  const day = (back: number) => dayText(new Date(today.getFullYear(), today.getMonth(), today.getDate() - sinceMonday - back));
  return { from: day(weeks * 7), to: day(1) };
}

function dayText(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
