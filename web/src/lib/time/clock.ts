import type { ConversationRow, Hours } from '../shapes.js';
import { calendarDay, dayWords, duration, timeOfDay } from './format.js';
import { openBetween } from './open-hours.js';

/** Somebody who waits: since when, and the deadline of their wait with why it is this one. */
export interface RunningWait {
  since: number;
  due: NonNullable<ConversationRow['due']>;
  /** When somebody is there; a target in business hours is drawn by them. */
  hours?: Hours;
}

/** The customer's clock as it is drawn: how full, what it means, what it says. */
export interface ClockFace {
  /** 0 … 1 of the time from the question to the deadline, open time where only that counts; 1 when it has passed. */
  share: number;
  /** `warn` from the half, or from when the target warns; `bad` from the deadline. */
  tone: 'ok' | 'warn' | 'bad';
  /** "38 m left", "2 h over", "due tomorrow 09:30" */
  words: string;
  /** "5 h 12 m": so long by now. */
  waited: string;
}

const minute = 60_000;

/** The wait that a row shows; nothing when nobody waits there. */
export function waitOf(row: Pick<ConversationRow, 'waitingSince' | 'due' | 'createdAt'>, hours?: Hours): RunningWait | undefined {
  return row.due === undefined ? undefined : { since: row.waitingSince ?? row.createdAt, due: row.due, ...(hours === undefined ? {} : { hours }) };
}

/** The clock of that wait at `now`. */
export function clockFace(wait: RunningWait, now: number): ClockFace {
  const { since, due } = wait;
  const share = shareOf(wait, now);
  const tone = now >= due.at ? 'bad' : share >= 0.5 || now >= due.warnAt ? 'warn' : 'ok';
  return { share: tone === 'bad' ? 1 : share, tone, words: wordsOf(wait, now), waited: lengthWords(now - since) };
}

/** How long an answer may take, in words: "4 h in business hours". */
export function targetWords(due: Pick<RunningWait['due'], 'ms' | 'hours'>): string {
  return due.hours === 'business' ? `${duration(due.ms)} in business hours` : duration(due.ms);
}

/** "today 14:05", "tomorrow 09:30", "Mon 16 Nov 09:30" */
export function momentWords(at: number, now: number): string {
  return `${dayWords(at, now)} ${timeOfDay(at)}`;
}

function shareOf({ since, due, hours }: RunningWait, now: number): number {
  const passed = Math.min(Math.max(now, since), Math.max(due.at, since));
  if (due.hours === 'business' && hours !== undefined) {
    const whole = openBetween(hours, since, due.at);
    const sofar = openBetween(hours, since, passed);
    if (whole !== undefined && sofar !== undefined && whole >= minute) return sofar / whole;
  }
  return due.at <= since ? 1 : (passed - since) / (due.at - since);
}

function wordsOf(wait: RunningWait, now: number): string {
  const { due } = wait;
  if (now >= due.at) return `${lengthWords(now - due.at)} over`;
  return beyondClosing(wait, now) ? `due ${soonWords(due.at, now)}` : `${lengthWords(due.at - now)} left`;
}

/** "13:40", "tomorrow 09:30", "Fri 09:30", "Fri 27 Nov 09:30": as short as it is clear. */
function soonWords(at: number, now: number): string {
  if (calendarDay(at) === calendarDay(now)) return timeOfDay(at);
  const words = momentWords(at, now);
  return at - now < 6 * 86_400_000 ? words.replace(/^(\p{L}+) \d+ \p{L}+ /u, '$1 ') : words;
}

/**
 * Hours in which nobody is there are no time that is left: then the deadline itself is said. Without the hours they are
 * known to lie ahead when more time is left than the target allows, or when the deadline is on another day and the way to
 * it is longer than that.
 */
function beyondClosing({ since, due, hours }: RunningWait, now: number): boolean {
  if (due.hours !== 'business') return false;
  const open = hours === undefined ? undefined : openBetween(hours, now, due.at);
  if (open !== undefined && open > 0) return due.at - now > open + minute;
  return due.at - now > due.ms + minute || (calendarDay(due.at) !== calendarDay(now) && due.at - since > due.ms + minute);
}

/** "< 1 m", "5 h 12 m": a length of time that is never nothing. */
export function lengthWords(millis: number): string {
  return millis < minute ? '< 1 m' : duration(millis);
}
