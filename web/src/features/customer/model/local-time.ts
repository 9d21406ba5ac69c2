import { timeOfDay } from '../../../lib/time/format.js';

/** "Berlin, 14:15": where the person's clock stands now; `undefined` when the zone is unknown. */
export function localTime(timeZone: string | undefined, now: number): string | undefined {
  if (timeZone === undefined) return undefined;
  try {
    const city = timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone;
    return `${city}, ${timeOfDay(now, timeZone)}`;
  } catch {
    return undefined; // a zone that this browser does not know
  }
}

/** "June" of this year, "2019" of another: since when somebody is known. */
export function sinceWords(at: number, now: number): string {
  const date = new Date(at);
  if (date.getFullYear() !== new Date(now).getFullYear()) return String(date.getFullYear());
  return new Intl.DateTimeFormat('en-GB', { month: 'long' }).format(date);
}
