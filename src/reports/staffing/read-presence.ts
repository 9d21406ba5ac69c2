import type { Millis } from '../../inbox/model/common.js';
import { longestSpanMs, type PresenceSpan } from '../../inbox/model/presence.js';
import type { PresenceStore } from '../../inbox/stores/presence.js';
import { hoursAWeek, type HoursOfWeek } from './hours-of-week.js';

/** Who was there in a period, as far as that was kept. */
export interface PresenceSums {
  /** From the first whole hour on for which it is known; absent: it never was. */
  since?: Millis;
  /** By hour of the week: how long people were there, all of them and all weeks together, in ms. */
  lasted: number[];
}

export interface PresenceWanted {
  /** Of whoever was in one of these then; absent: of everybody. */
  teams?: readonly string[];
  now: Millis;
}

const perPage = 5_000;
/** A span may be longer than the longest by a beat or two. */
const slackMs = 3_600_000;

/**
 * Adds up who was there, by hour of the week. Of one person at one time only one span counts, whatever was kept. Time in
 * which they had said that they take nothing new does not count. Reads page by page; IO.
 */
export async function readPresence(store: Pick<PresenceStore, 'begunIn' | 'knownSince'>, hours: HoursOfWeek, wanted: PresenceWanted): Promise<PresenceSums> {
  const { period } = hours;
  const lasted = new Array<number>(hoursAWeek).fill(0);
  const known = await store.knownSince();
  if (known === undefined) return { lasted };
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
      addHours(lasted, hours, { from, to });
    }
    after = page.at(-1);
    if (page.length < perPage) return { lasted, since };
  }
}

function isOf(span: PresenceSpan, teams: readonly string[] | undefined): boolean {
  return teams === undefined || span.teamIds.some((id) => teams.includes(id));
}

function addHours(lasted: number[], hours: HoursOfWeek, { from, to }: { from: Millis; to: Millis }): void {
  for (let at = from; at < to;) {
    const end = Math.min(to, hours.endOfHour(at));
    const hour = hours.ofWeek(at);
    lasted[hour] = (lasted[hour] ?? 0) + end - at;
    at = end;
  }
}
