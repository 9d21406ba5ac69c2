import type { Millis } from '../../inbox/model/common.js';
import { hoursAWeek, type HoursOfWeek } from './hours-of-week.js';
import type { OpenHours } from './open-hours.js';
import { dayMs, type PresenceDays, settledAfterMs } from './presence-days.js';

/** Who was there in a period, as far as that was kept. */
export interface PresenceSums {
  /** From the first whole hour on for which it is known; absent: it never was. */
  since?: Millis;
  /** By hour of the week: how many were there on average while it was open (where it was not: in the whole hour), all weeks together. */
  people: number[];
}

export interface PresenceWanted {
  /** Of whoever was in one of these then; absent: of everybody. */
  teams?: readonly string[];
  open: OpenHours;
  now: Millis;
}

const hourMs = 3_600_000;

/**
 * Adds up who was there, by hour of the week. Of one person at one time only one span counts, whatever was kept. Time in
 * which they had said that they take nothing new does not count. IO for days that are not in memory yet.
 */
export async function readPresence(days: PresenceDays, hours: HoursOfWeek, wanted: PresenceWanted): Promise<PresenceSums> {
  const { period } = hours;
  const people = new Array<number>(hoursAWeek).fill(0);
  const known = await days.knownSince();
  if (known === undefined) return { people };
  const since = known <= period.from ? period.from : hours.firstHourFrom(known);
  const until = Math.min(period.to, wanted.now);
  const counted = new Map<number, Millis>();
  const isOf = teamTest(days, wanted.teams);
  for (let day = Math.floor((since - settledAfterMs) / dayMs); day * dayMs < until; day += 1) {
    const { size, agents, teams, from, to } = await days.spansOf(day, wanted.now);
    for (let at = 0; at < size; at += 1) {
      if (!isOf(teams[at] as number)) continue;
      const agent = agents[at] as number;
      const begin = Math.max(from[at] as number, since, counted.get(agent) ?? 0);
      const end = Math.min(to[at] as number, until);
      if (end <= begin) continue;
      counted.set(agent, end);
      addHours(people, hours, { from: begin, to: end, open: wanted.open });
    }
  }
  return { people, since };
}

/** Each set of teams is looked at once. */
function teamTest(days: PresenceDays, teams: readonly string[] | undefined): (number: number) => boolean {
  if (teams === undefined) return () => true;
  const known: boolean[] = [];
  return (number) => known[number] ??= days.teamsOf(number).some((id) => teams.includes(id));
}

function addHours(people: number[], hours: HoursOfWeek, there: { from: Millis; to: Millis; open: OpenHours }): void {
  for (let from = there.from; from < there.to;) {
    const to = Math.min(there.to, hours.endOfHour(from));
    const hour = hours.ofAll(from);
    const weekHour = hours.weekHourOf(hour);
    people[weekHour] = (people[weekHour] ?? 0) + shareOfHour({ from, to }, there.open.get(hour));
    from = to;
  }
}

/** A desk that opens at half past eight is not half empty before. */
function shareOfHour(there: { from: Millis; to: Millis }, open: readonly { from: Millis; to: Millis }[] | undefined): number {
  if (open === undefined) return (there.to - there.from) / hourMs;
  const whole = open.reduce((sum, span) => sum + span.to - span.from, 0);
  return open.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, there.to) - Math.max(span.from, there.from)), 0) / whole;
}
