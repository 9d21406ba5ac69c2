import type { Millis } from '../../inbox/model/common.js';
import { dayIn, daysLater, momentOf, weekdayOfDate } from '../take-away/zone-times.js';

export type Every = 'week' | 'month';

/** A whole week or month that a digest is about, by the days of its zone. */
export interface DigestPeriod {
  /** `week:2026-11-16`, `month:2026-11-01`: the same in every zone. */
  key: string;
  from: string;
  to: string;
  /** When it goes out: at seven on the morning after. */
  dueAt: Millis;
}

const seven = 7 * 60;

/** The newest period whose digest is due: of weeks on Mondays at seven in that zone, of months on the first. */
export function newestDue(every: Every, zone: string, now: Millis): DigestPeriod {
  const current = firstDayOf(every, dayIn(zone, now));
  const before = periodBefore(every, current);
  const due = periodFrom(every, zone, before);
  return due.dueAt <= now ? due : periodFrom(every, zone, periodBefore(every, before));
}

/** When the next digest goes out. */
export function nextDueAt(every: Every, zone: string, now: Millis): Millis {
  const newest = newestDue(every, zone, now);
  return periodFrom(every, zone, daysLater(newest.to, 1)).dueAt;
}

/** The period that a key names; `undefined` for what is none. */
export function periodOf(key: string, zone: string): DigestPeriod | undefined {
  const [, every, from] = /^(week|month):(\d{4}-\d{2}-\d{2})$/.exec(key) ?? [];
  return (every === 'week' || every === 'month') && from !== undefined ? periodFrom(every, zone, from) : undefined;
}

function periodFrom(every: Every, zone: string, from: string): DigestPeriod {
  const after = every === 'week' ? daysLater(from, 7) : firstDayOf('month', daysLater(from, 31));
  return { key: `${every}:${from}`, from, to: daysLater(after, -1), dueAt: momentOf(zone, after, seven) };
}

function periodBefore(every: Every, firstDay: string): string {
  return every === 'week' ? daysLater(firstDay, -7) : firstDayOf('month', daysLater(firstDay, -1));
}

function firstDayOf(every: Every, date: string): string {
  return every === 'week' ? daysLater(date, -weekdayOfDate(date)) : `${date.slice(0, 8)}01`;
}
