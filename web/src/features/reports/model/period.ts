/** Periods that move along with the days; `custom` ones have two days of their own. */
export const periodNames = ['last7', 'last28', 'last90', 'thisMonth', 'lastMonth', 'lastWeek'] as const;
export type PeriodName = (typeof periodNames)[number];

export const periodWords: Readonly<Record<PeriodName, string>> = {
  last7: 'Last 7 days', last28: 'Last 28 days', last90: 'Last 90 days', thisMonth: 'This month', lastMonth: 'Last month', lastWeek: 'Last week',
};

/** First and last day, both counted, as `YYYY-MM-DD`. */
export interface Days {
  from: string;
  to: string;
}

const dayMs = 86_400_000;

/** The day it is there at that time. */
export function dayIn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

export function addDays(day: string, days: number): string {
  return new Date(noonOf(day) + days * dayMs).toISOString().slice(0, 10);
}

/** How many days from the first to the last, both counted. */
export function daysIn({ from, to }: Days): number {
  return Math.round((noonOf(to) - noonOf(from)) / dayMs) + 1;
}

/** The days of a named period, as seen from that day. */
export function daysOf(name: PeriodName, today: string): Days {
  const month = `${today.slice(0, 7)}-01`;
  const weekday = (new Date(noonOf(today)).getUTCDay() + 6) % 7;
  const days: Record<PeriodName, () => Days> = {
    last7: () => ({ from: addDays(today, -6), to: today }),
    last28: () => ({ from: addDays(today, -27), to: today }),
    last90: () => ({ from: addDays(today, -89), to: today }),
    thisMonth: () => ({ from: month, to: today }),
    lastMonth: () => ({ from: `${addDays(month, -1).slice(0, 7)}-01`, to: addDays(month, -1) }),
    lastWeek: () => ({ from: addDays(today, -weekday - 7), to: addDays(today, -weekday - 1) }),
  };
  return days[name]();
}

/** "Tue 10 Nov", with the year when it is not `year`. */
export function dayWord(day: string, options: { weekday?: boolean; year?: string } = {}): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC', day: 'numeric', month: 'short', ...(options.weekday === true ? { weekday: 'short' } : {}), ...(options.year === undefined || day.slice(0, 4) === options.year ? {} : { year: 'numeric' }),
  }).format(noonOf(day)).replace(',', '');
}

/** "1 to 15 Nov", "26 Oct to 22 Nov", "20 Dec 2025 to 4 Jan 2026", "10 Nov". */
export function spanWords({ from, to }: Days, today: string): string {
  if (from === to) return dayWord(from, { weekday: true, year: today.slice(0, 4) });
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  // In two years both are named; in one it stands at the end, unless it is this one.
  const last = dayWord(to, { year: sameYear ? today.slice(0, 4) : 'both' });
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))} to ${last}`;
  return `${dayWord(from, { year: sameYear ? from.slice(0, 4) : 'both' })} to ${last}`;
}

/** "28 days before", "day before". */
export function beforeWords(days: Days): string {
  const count = daysIn(days);
  return count === 1 ? 'day before' : `${count} days before`;
}

function noonOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}
