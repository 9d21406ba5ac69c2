import { duration } from '../../../lib/time/format.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** In which clock a length was measured. Business hours are never told in days: such a day would have eight hours or twelve. */
export type ClockKind = 'calendar' | 'business';

/** "40 s", "27 m", "1 h 52 m"; calendar time also "3 d 4 h". Its spaces do not break: a length stays on one line. */
export function lengthWords(ms: number, clock: ClockKind): string {
  return plainLength(ms, clock).replaceAll(' ', '\u00a0');
}

/** To the nearest minute, as the server's own sentences and files tell it. */
function plainLength(exact: number, clock: ClockKind): string {
  if (exact < 59_500) return `${Math.max(0, Math.round(exact / 1000))} s`;
  const ms = Math.round(exact / minute) * minute;
  if (ms < day || clock === 'calendar') return duration(ms);
  const hours = Math.floor(ms / hour);
  const minutes = Math.floor((ms % hour) / minute);
  return minutes === 0 || hours >= 100 ? `${hours} h` : `${hours} h ${minutes} m`;
}

export interface Change {
  tone: 'good' | 'bad' | 'same';
  /** "6 m faster" */
  words: string;
}

/** How a length compares with the one before. Under a minute is no difference. */
export function changeOf(now: number | undefined, before: number | undefined, clock: ClockKind): Change | undefined {
  if (now === undefined || before === undefined) return undefined;
  const less = before - now;
  if (Math.abs(less) < minute) return { tone: 'same', words: 'as before' };
  return less > 0 ? { tone: 'good', words: `${lengthWords(less, clock)} faster` } : { tone: 'bad', words: `${lengthWords(-less, clock)} slower` };
}

/** The same for shares, in points of a hundred. */
export function shareChange(now: number | undefined, before: number | undefined): Change | undefined {
  if (now === undefined || before === undefined) return undefined;
  const points = Math.round(now * 100) - Math.round(before * 100);
  if (points === 0) return { tone: 'same', words: 'as before' };
  const size = `${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`;
  return points > 0 ? { tone: 'good', words: `${size} better` } : { tone: 'bad', words: `${size} worse` };
}

/** "87 %". Never 0 or 100 when it is not quite. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return '99\u00a0%';
  if (rounded === 0 && share > 0) return '<\u00a01\u00a0%';
  return `${rounded}\u00a0%`;
}

/** "1,204" */
export function count(value: number): string {
  return new Intl.NumberFormat('en-GB').format(value);
}

/** "1 wait", "1,204 waits". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1_440, 2_880, 4_320, 10_080, 20_160, 43_200].map((minutes) => minutes * minute);

/** Round lengths for a scale up to `most`: at most `lines` above zero. */
export function lengthTicks(most: number, lines = 4): number[] {
  const step = steps.find((each) => most / each <= lines) ?? Math.ceil(most / lines / day) * day;
  const ticks = [];
  for (let at = step; at <= Math.max(most, step); at += step) ticks.push(at);
  return ticks;
}
