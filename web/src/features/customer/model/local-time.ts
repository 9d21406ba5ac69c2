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
