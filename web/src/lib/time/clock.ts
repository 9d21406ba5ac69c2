import type { ConversationRow } from '../shapes.js';
import { calendarDay, dayWords, duration, timeOfDay } from './format.js';

/** Somebody who waits: since when, and the deadline of their wait with why it is this one. */
export interface RunningWait {
  since: number;
  due: NonNullable<ConversationRow['due']>;
}

/** The customer's clock as it is drawn: how full, what it means, what it says. */
export interface ClockFace {
  /** 0 … 1 of the way from the question to the deadline; 1 when it has passed. */
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
export function waitOf(row: Pick<ConversationRow, 'waitingSince' | 'due' | 'createdAt'>): RunningWait | undefined {
  return row.due === undefined ? undefined : { since: row.waitingSince ?? row.createdAt, due: row.due };
}

/** The clock of that wait at `now`. */
export function clockFace({ since, due }: RunningWait, now: number): ClockFace {
  const span = Math.max(1, due.at - since);
  const share = Math.min(1, Math.max(0, (now - since) / span));
  const tone = now >= due.at ? 'bad' : share >= 0.5 || now >= due.warnAt ? 'warn' : 'ok';
  return { share: tone === 'bad' ? 1 : share, tone, words: wordsOf(since, due, now), waited: lengthWords(now - since) };
}

/** How long an answer may take, in words: "4 h in business hours". */
export function targetWords(due: Pick<RunningWait['due'], 'ms' | 'hours'>): string {
  return due.hours === 'business' ? `${duration(due.ms)} in business hours` : duration(due.ms);
}

/** "today 14:05", "tomorrow 09:30", "Mon 16 Nov 09:30" */
export function momentWords(at: number, now: number): string {
  return `${dayWords(at, now)} ${timeOfDay(at)}`;
}

function wordsOf(since: number, due: RunningWait['due'], now: number): string {
  if (now >= due.at) return `${lengthWords(now - due.at)} over`;
  return beyondClosing(since, due, now) ? `due ${soonWords(due.at, now)}` : `${lengthWords(due.at - now)} left`;
}

/** "tomorrow 09:30", "Fri 09:30", "Fri 27 Nov 09:30": as short as it is clear. */
function soonWords(at: number, now: number): string {
  const words = momentWords(at, now);
  return at - now < 6 * 86_400_000 ? words.replace(/^(\p{L}+) \d+ \p{L}+ /u, '$1 ') : words;
}

/**
 * Hours in which nobody is there are no time that is left: then the deadline itself is said. They lie ahead when the
 * deadline is on another day and the way to it is longer than the open time it allows.
 */
function beyondClosing(since: number, due: RunningWait['due'], now: number): boolean {
  return due.hours === 'business' && calendarDay(due.at) !== calendarDay(now) && due.at - since > due.ms + minute;
}

/** "< 1 m", "5 h 12 m": a length of time that is never nothing. */
export function lengthWords(millis: number): string {
  return millis < minute ? '< 1 m' : duration(millis);
}
