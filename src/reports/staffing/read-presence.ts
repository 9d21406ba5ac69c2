import type { Millis } from '../../inbox/model/common.js';
import { longestSpanMs, type PresenceSpan } from '../../inbox/model/presence.js';
import type { PresenceStore } from '../../inbox/stores/presence.js';
import { hoursAWeek, type HoursOfWeek } from './hours-of-week.js';
import type { OpenHours } from './open-hours.js';

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

const perPage = 5_000;
/** A span may be longer than the longest by a beat or two. */
const slackMs = 3_600_000;
const hourMs = 3_600_000;

/**
 * Adds up who was there, by hour of the week. Of one person at one time only one span counts, whatever was kept. Time in
 * which they had said that they take nothing new does not count. Reads page by page; IO.
 */
export async function readPresence(store: Pick<PresenceStore, 'begunIn' | 'knownSince'>, hours: HoursOfWeek, wanted: PresenceWanted): Promise<PresenceSums> {
  const { period } = hours;
  const people = new Array<number>(hoursAWeek).fill(0);
  const known = await store.knownSince();
  if (known === undefined) return { people };
  const since = known <= period.from ? period.from : hours.firstHourFrom(known);
  const until = Math.min(period.to, wanted.now);
  const counted = new Map<string, Millis>();
  for (let after: PresenceSpan | undefined; ;) {
    const page = await store.begunIn(since - longestSpanMs - slackMs, until, { limit: perPage, ...(after === undefined ? {} : { after }) });
    for (const span of page) {
      if (span.state !== 'online' || !isOf(span, wanted.teams)) continue;
      const from = Math.max(span.from, since, counted.get(span.agentId) ?? 0);
      const to = Math.min(span.to, until);
      if (to <= from) continue;
      counted.set(span.agentId, to);
      addHours(people, hours, { from, to, open: wanted.open });
    }
    after = page.at(-1);
    if (page.length < perPage) return { people, since };
  }
}

function isOf(span: PresenceSpan, teams: readonly string[] | undefined): boolean {
  return teams === undefined || span.teamIds.some((id) => teams.includes(id));
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
