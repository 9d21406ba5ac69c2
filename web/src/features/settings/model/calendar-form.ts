import type { CalendarView, Hours } from '../../../lib/shapes.js';
import { areSound, faultOf } from './hours.js';

export type Version = CalendarView['versions'][number];
export type DayBlock = Version['exceptions'][number]['blocks'][number];

/** From which day on what is in the form holds: today, a day that is named, or for all time before as well. */
export type From = { kind: 'today' } | { kind: 'always' } | { kind: 'day'; day: string };

export interface ExceptionDraft {
  /** Of the form only. */
  key: number;
  date: string;
  name: string;
  blocks: DayBlock[];
}

export interface CalendarForm {
  name: string;
  hours: Hours;
  country: string;
  region: string;
  exceptions: ExceptionDraft[];
  teamIds: string[];
  channelIds: string[];
  /** As typed, with commas between. */
  tags: string;
  from: From;
}

export interface CalendarVersionInput extends Omit<Version, 'since' | 'holidayDays'> {
  since?: string | null;
}

const officeHours: Hours['blocks'] = [0, 1, 2, 3, 4].map((day) => ({ day, from: 540, to: 1_020 }));

/** What the form begins with: what this version says. A new calendar begins with office hours, for all time. */
export function formOf(name: string, version: Version | undefined, options: { timeZone: string; from: From }): CalendarForm {
  return {
    name,
    hours: version === undefined ? { timeZone: options.timeZone, blocks: officeHours } : { timeZone: version.timeZone, blocks: version.blocks },
    country: version?.holidays?.country ?? '', region: version?.holidays?.region ?? '',
    exceptions: (version?.exceptions ?? []).map((exception, key) => ({ key, ...exception })),
    teamIds: version?.teamIds ?? [], channelIds: version?.channelIds ?? [], tags: version?.customerTags.join(', ') ?? '',
    from: options.from,
  };
}

/** What is sent. A new calendar says nothing of its beginning where it is to hold for all time. */
export function versionInput(form: CalendarForm): CalendarVersionInput {
  return {
    ...(form.from.kind === 'today' ? {} : { since: form.from.kind === 'always' ? null : form.from.day }),
    timeZone: form.hours.timeZone, blocks: form.hours.blocks,
    ...(form.country === '' ? {} : { holidays: { country: form.country, ...(form.region === '' ? {} : { region: form.region }) } }),
    exceptions: form.exceptions.map(({ date, name, blocks }) => ({ date, name: name.trim() === '' ? 'Differs' : name.trim(), blocks })),
    teamIds: form.teamIds, channelIds: form.channelIds, customerTags: tagsOf(form.tags),
  };
}

/** Why it can not be saved yet; `undefined` when it can. */
export function obstacle(form: CalendarForm): string | undefined {
  if (form.name.trim() === '') return 'It needs a name.';
  if (form.hours.blocks.length === 0) return 'It needs at least one open hour a week.';
  if (!areSound(form.hours)) return 'Some hours overlap.';
  if (form.from.kind === 'day' && form.from.day === '') return 'Choose the day from which it holds.';
  if (form.exceptions.some((each) => each.date === '')) return 'A day that differs has no date yet.';
  const twice = form.exceptions.find((each, index) => form.exceptions.findIndex((other) => other.date === each.date) !== index);
  if (twice !== undefined) return `${twice.date} stands there twice.`;
  if (form.exceptions.some((each) => faultOf(each.blocks.map((block) => ({ day: 0, ...block }))) !== undefined)) return 'Some hours of a day that differs overlap.';
  return undefined;
}

/** The version in force, by the wall clock of each version's own zone; the first one when none has begun. */
export function currentVersion(versions: readonly Version[], now: number): Version | undefined {
  return versions.findLast((version) => version.since === undefined || version.since <= dayIn(version.timeZone, now)) ?? versions[0];
}

/** `YYYY-MM-DD` there and then. */
export function dayIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

function tagsOf(typed: string): string[] {
  return [...new Set(typed.split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}
