import { average, hoursAWeek, type HoursOfWeek } from './hours-of-week.js';
import type { PresenceSums } from './read-presence.js';

/** How it is known who was there: by presence since it is kept, by answers before that. */
export type SeenBy = 'presence' | 'answers' | 'both';

export interface WhoWasThere {
  /** On average, by hour of the week. */
  present: number[];
  by: SeenBy;
}

const hourMs = 3_600_000;
/** Whoever answers twice within this time was there in between. */
const sameStintMs = 4 * hourMs;

/** Each hour by presence where that is known, else by answers (of each agent, in order). Pure. */
export function whoWasThere(hours: HoursOfWeek, presence: PresenceSums, answersOf: ReadonlyMap<number, readonly number[]>): WhoWasThere {
  const { from, to } = hours.period;
  const since = presence.since ?? Infinity;
  const counts = since <= from ? new Array<number>(hoursAWeek).fill(0) : byAnswers(hours, answersOf, since);
  return {
    present: counts.map((count, hour) => average(count + (presence.people[hour] ?? 0), hours.times(hour))),
    by: since <= from ? 'presence' : since >= to ? 'answers' : 'both',
  };
}

/** Agents who answered in that hour, or before and after it in one stint; of hours that begin before `until`. */
function byAnswers(hours: HoursOfWeek, answersOf: ReadonlyMap<number, readonly number[]>, until: number): number[] {
  const counts = new Array<number>(hoursAWeek).fill(0);
  for (const answers of answersOf.values()) {
    for (const hour of hoursWorked(answers, hours, until)) {
      const weekHour = hours.weekHourOf(hour);
      counts[weekHour] = (counts[weekHour] ?? 0) + 1;
    }
  }
  return counts;
}

function hoursWorked(answers: readonly number[], hours: HoursOfWeek, until: number): Set<number> {
  const worked = new Set<number>();
  const add = (at: number): void => {
    if (at < until) worked.add(hours.ofAll(at));
  };
  for (const [place, at] of answers.entries()) {
    const before = answers[place - 1];
    if (before !== undefined && at - before < sameStintMs) for (let between = before + hourMs; between < at; between += hourMs) add(between);
    add(at);
  }
  return worked;
}
