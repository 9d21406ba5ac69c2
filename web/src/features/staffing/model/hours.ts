import type { Staffing } from '../../../lib/shapes.js';

/** `known`: who was there is known by presence, not by answers. */
export type StaffHour = Staffing['hours'][number][number] & { known?: true };

/** The week, each hour with how it is known who was there. */
export function weekOf({ hours, presentBy }: Pick<Staffing, 'hours' | 'presentBy'>): StaffHour[][] {
  return presentBy === 'presence' ? hours.map((day) => day.map((hour) => ({ ...hour, known: true as const }))) : hours;
}

/** `short`: too few were there. `enough` also when more were than needed. `unseen`: too little comes in then to tell by the answers who was there. */
export type HourState = 'closed' | 'idle' | 'enough' | 'short' | 'unseen';

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** Half a person is noise: people come a little late and leave a little early. */
const noise = 0.5;

/** Where people are seen by their answers alone: where not one question comes in an hour, they may be there unseen. */
const fewestArrivals = 1;

export function stateOf(hour: StaffHour): HourState {
  if (!hour.open) return 'closed';
  if (hour.needed === 0) return 'idle';
  if (hour.needed - hour.present < noise) return 'enough';
  return hour.known !== true && hour.arrivals < fewestArrivals ? 'unseen' : 'short';
}

/** How many too few; 0 when there were enough. */
export function shortBy(hour: StaffHour): number {
  return stateOf(hour) === 'short' ? hour.needed - hour.present : 0;
}

/** First and one past the last hour that is open on any day; the whole day when none ever is. */
export function shownHours(hours: readonly StaffHour[][]): { from: number; to: number } {
  const used = Array.from({ length: 24 }, (_, at) => at).filter((at) => hours.some((day) => { const hour = day[at]; return hour?.open === true; }));
  const first = used[0];
  return first === undefined ? { from: 0, to: 24 } : { from: first, to: (used.at(-1) ?? first) + 1 };
}

/** "3 of 4": as many were there, of as many as are needed. */
export function cellWords(hour: StaffHour): string {
  switch (stateOf(hour)) {
    case 'closed':
      return '';
    case 'idle':
      return figure(hour.present) === '0' ? '–' : figure(hour.present);
    case 'unseen':
      return `${figure(hour.needed)} needed`;
    default:
      return `${figure(hour.present)} of ${figure(hour.needed)}`;
  }
}

/** All that is to be said of an hour. */
export function hourWords(day: number, at: number, hour: StaffHour): string {
  const when = `${weekdays[day] ?? ''} ${clock(at)} to ${clock(at + 1)}`;
  const come = `${figure(hour.arrivals)} ${hour.arrivals === 1 ? 'question comes' : 'questions come'} in`;
  const there = `${figure(hour.present)} ${hour.present === 1 ? 'was' : 'were'} there`;
  switch (stateOf(hour)) {
    case 'closed':
      return `${when}: closed; ${come}.`;
    case 'idle':
      return `${when}: ${come}; nobody is needed, ${there}.`;
    case 'short':
      return `${when}: ${come}; ${figure(hour.needed)} needed, ${there}: ${figure(shortBy(hour))} short.`;
    case 'unseen':
      return `${when}: ${come}; ${figure(hour.needed)} needed. Too little to tell who was there.`;
    case 'enough':
      return `${when}: ${come}; ${figure(hour.needed)} needed, ${there}.`;
  }
}

/** The week as one sentence: "Too few people in 11 of 55 open hours, most on Tuesday 10:00: 2 short." */
export function staffingSentence(hours: readonly StaffHour[][]): string {
  const all = hours.flatMap((day, weekday) => day.map((hour, at) => ({ hour, weekday, at })));
  const open = all.filter(({ hour }) => hour.open);
  const short = open.filter(({ hour }) => stateOf(hour) === 'short');
  if (open.length === 0) return 'No hour of the week is open.';
  const worst = short.toSorted((one, other) => shortBy(other.hour) - shortBy(one.hour) || one.weekday - other.weekday || one.at - other.at)[0];
  const unseen = open.filter(({ hour }) => stateOf(hour) === 'unseen').length;
  if (worst === undefined && unseen > 0) return `Nowhere too few, as far as answers tell; in ${unseen} of ${open.length} open hours too little comes in to see who was there.`;
  if (worst === undefined) return `Enough people in all ${open.length} open hours.`;
  return `Too few people in ${short.length} of ${open.length} open hours, most on ${weekdays[worst.weekday] ?? ''} ${clock(worst.at)}: ${figure(shortBy(worst.hour))} short.`;
}

/** How it is known who was there, in a few words. */
export function seenWords({ presentBy, presenceSince }: Pick<Staffing, 'presentBy' | 'presenceSince'>): string {
  if (presentBy === 'presence') return 'by presence';
  if (presentBy === 'answers' || presenceSince === undefined) return 'by answers';
  return `by presence since ${new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(presenceSince)}, by answers before`;
}

/** What comes in while it is closed, in a mean week. */
export function closedArrivals(hours: readonly StaffHour[][]): number {
  return hours.flat().reduce((sum, hour) => (hour.open ? sum : sum + hour.arrivals), 0);
}

/** "09:00" */
export function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** At most one digit after the point. */
export function figure(value: number): string {
  return (Math.round(value * 10) / 10).toLocaleString('en-GB', { maximumFractionDigits: 1 });
}
