import type { Hours } from '../../../lib/shapes.js';

export interface SnoozeTime {
  label: string;
  until: number;
}

const hourMs = 3_600_000;

/** Sensible times to put something off to, soonest first. `hours` gives the minute that work begins at. */
export function snoozeTimes(now: number, hours: Hours): SnoozeTime[] {
  const today = new Date(now);
  const times: SnoozeTime[] = [{ label: 'In an hour', until: roundUp(now + hourMs) }];
  if (today.getHours() < 14) times.push({ label: 'This afternoon', until: atMinute(now, 0, 16 * 60) });
  times.push({ label: 'Tomorrow morning', until: atMinute(now, 1, beginOf(hours, dayIndex(now, 1))) });
  const toMonday = (8 - (today.getDay() === 0 ? 7 : today.getDay())) % 7 || 7;
  if (toMonday > 1) times.push({ label: toMonday === 7 ? 'Monday' : 'Next Monday', until: atMinute(now, toMonday, beginOf(hours, 0)) });
  times.push({ label: 'In a week', until: atMinute(now, 7, beginOf(hours, dayIndex(now, 7))) });
  return times.filter((time, index) => time.until > now && times.findIndex((other) => other.until === time.until) === index);
}

/** "2026-11-23T09:00": what a date field takes, in the reader's own zone. */
export function fieldValue(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Days count from Monday, as in the hours. */
function dayIndex(now: number, daysOn: number): number {
  return (new Date(atMinute(now, daysOn, 0)).getDay() + 6) % 7;
}

function beginOf(hours: Hours, day: number): number {
  const begins = hours.blocks.filter((block) => block.day === day).map((block) => block.from);
  return begins.length === 0 ? 9 * 60 : Math.min(...begins);
}

function atMinute(now: number, daysOn: number, minute: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysOn, 0, minute).getTime();
}

function roundUp(at: number): number {
  const five = 5 * 60_000;
  return Math.ceil(at / five) * five;
}
