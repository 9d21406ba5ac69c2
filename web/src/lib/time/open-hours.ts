import type { Hours, Me } from '../shapes.js';

const minute = 60_000;
const day = 86_400_000;
const mostDays = 120;

/** The hours that count for a team's conversations: its own, else the company's. Calendars of channels and tags are not known here. */
export function hoursFor(me: Pick<Me, 'teams' | 'workspace'>, teamId: string | undefined): Hours {
  return me.teams.find((team) => team.id === teamId)?.hours ?? me.workspace.hours;
}

/**
 * Open time between two instants, in ms, for drawing: without holidays, and by the clock of each day's beginning. The
 * server's deadlines are exact; nothing is counted with this. `undefined` where no hours are known or the way is too long.
 */
export function openBetween(hours: Hours, from: number, to: number): number | undefined {
  if (hours.blocks.length === 0 || to - from > mostDays * day) return undefined;
  let sum = 0;
  // The day before may reach over midnight.
  for (let date = dateIn(hours.timeZone, from) - day; date <= to + day; date += day) {
    const midnight = date - offsetAt(hours.timeZone, date);
    const weekday = (new Date(date).getUTCDay() + 6) % 7;
    for (const block of hours.blocks) {
      if (block.day !== weekday) continue;
      sum += Math.max(0, Math.min(to, midnight + block.to * minute) - Math.max(from, midnight + block.from * minute));
    }
  }
  return sum;
}

/** Midnight of that instant's date in the zone, as if the zone were UTC. */
function dateIn(timeZone: string, at: number): number {
  const local = at + offsetAt(timeZone, at);
  return local - (((local % day) + day) % day);
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** What the zone's clock is ahead of UTC by, in ms; to the hour is near enough. */
function offsetAt(timeZone: string, at: number): number {
  const hour = Math.floor(at / 3_600_000);
  const key = `${timeZone} ${hour}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = workedOut(timeZone, hour * 3_600_000);
  if (offsets.size > 5_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

function workedOut(timeZone: string, at: number): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) - at;
}
