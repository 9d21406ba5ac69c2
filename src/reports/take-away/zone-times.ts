import { instantOf } from '../../inbox/hours/local-time.js';
import { offsetAt } from '../../inbox/hours/zone-offsets.js';
import type { Millis } from '../../inbox/model/common.js';

const day = 86_400_000;

/** `2026-11-10T09:14:05.120+01:00`. Throws `RangeError` for a zone that does not exist. */
export function isoTime(at: Millis, zone: string): string {
  const offset = offsetAt(at, zone);
  return `${new Date(at + offset).toISOString().slice(0, -1)}${offsetWords(offset)}`;
}

/** `YYYY-MM-DD` there and then. */
export function dayIn(zone: string, at: Millis): string {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 10);
}

/** The moment at which clocks in this zone show that minute of that day. */
export function momentOf(zone: string, date: string, minute: number): Millis {
  const shown = new Date(`${date}T00:00:00Z`);
  return instantOf({ year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate(), minute }, zone);
}

/** `YYYY-MM-DD` so many days later (or earlier). */
export function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

/** 0 = Monday. */
export function weekdayOfDate(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

const short = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });
const withWeekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' });

/** "10 Nov" */
export function shortDate(date: string): string {
  return short.format(Date.parse(`${date}T00:00:00Z`));
}

/** "Tue 10 Nov" */
export function dateWithWeekday(date: string): string {
  return withWeekday.format(Date.parse(`${date}T00:00:00Z`)).replace(',', '');
}

/** "16 to 22 Nov 2026", "26 Oct to 22 Nov 2026", "22 Nov 2026" */
export function periodWords(first: string, last: string): string {
  const year = last.slice(0, 4);
  if (first === last) return `${shortDate(first)} ${year}`;
  if (first.slice(0, 4) !== year) return `${shortDate(first)} ${first.slice(0, 4)} to ${shortDate(last)} ${year}`;
  return `${first.slice(0, 7) === last.slice(0, 7) ? String(Number(first.slice(8))) : shortDate(first)} to ${shortDate(last)} ${year}`;
}

function offsetWords(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
