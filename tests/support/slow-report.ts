import { dayAfter, dayIn, firstInstant, wallClock, weekdayOf } from './slow-hours.js';
import type { SlowWait } from './slow-response-times.js';

/** What a report is asked for, in the words of the API. */
export interface SlowQuery {
  from: string;
  to: string;
  zone: string;
  kind: 'first' | 'next' | 'any';
  time: 'calendar' | 'business';
  channel?: string[];
  priority?: string[];
}

export interface SlowPercentiles {
  p50?: number;
  p90?: number;
  p95?: number;
}

const shares = { p50: 50, p90: 90, p95: 95 } as const;

/** How long it was: of an open one, how long it has been until now. */
export function lengthOf(wait: SlowWait, time: SlowQuery['time']): number {
  return time === 'calendar' ? wait.calendarMs : wait.businessMs;
}

/** §14, nearest rank: the smallest value such that at least that share is not longer. */
export function nearestRank(values: readonly number[]): SlowPercentiles {
  const sorted = [...values].sort((a, b) => a - b);
  return percentilesBy((hundredths) => sorted.find((value) => sorted.filter((other) => other <= value).length * 100 >= hundredths * sorted.length));
}

/**
 * §14, Kaplan-Meier, in whole numbers so that nothing is rounded: going up through the lengths, of those who still waited a
 * part is answered at each. Who was answered at a length comes before who left unanswered at the same.
 */
export function kaplanMeier(waits: readonly { length: number; answered: boolean }[]): (length: number) => { waiting: bigint; of: bigint } {
  const lengths = [...new Set(waits.filter((wait) => wait.answered).map((wait) => wait.length))].sort((a, b) => a - b);
  const steps: { length: number; waiting: bigint; of: bigint }[] = [];
  let waiting = 1n;
  let of = 1n;
  for (const length of lengths) {
    const atRisk = waits.filter((wait) => wait.length >= length).length;
    const answered = waits.filter((wait) => wait.answered && wait.length === length).length;
    waiting *= BigInt(atRisk - answered);
    of *= BigInt(atRisk);
    steps.push({ length, waiting, of });
  }
  return (length) => steps.findLast((step) => step.length <= length) ?? { waiting: 1n, of: 1n };
}

/** The smallest time by which the estimated share answered reaches each percentile; none where it never does. */
export function kaplanMeierPercentiles(waits: readonly { length: number; answered: boolean }[]): SlowPercentiles {
  const still = kaplanMeier(waits);
  const lengths = waits.filter((wait) => wait.answered).map((wait) => wait.length).sort((a, b) => a - b);
  return percentilesBy((hundredths) => lengths.find((length) => {
    const { waiting, of } = still(length);
    return (of - waiting) * 100n >= BigInt(hundredths) * of;
  }));
}

function percentilesBy(find: (hundredths: number) => number | undefined): SlowPercentiles {
  const found: SlowPercentiles = {};
  for (const name of ['p50', 'p90', 'p95'] as const) {
    const value = find(shares[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** §15. */
export function outcomeOf(wait: SlowWait, now: number): 'within' | 'over' | 'undecided' | 'neither' {
  const { dueAt } = wait.target;
  if (wait.to === undefined) return dueAt < now ? 'over' : 'undecided';
  if (wait.to > dueAt) return 'over';
  return wait.state === 'answered' ? 'within' : 'neither';
}

/** Everything that is counted of one set of waits. */
export function slowFigures(waits: readonly SlowWait[], now: number) {
  const count = (state: SlowWait['state']): number => waits.filter((wait) => wait.state === state).length;
  const outcomes = waits.map((wait) => ({ outcome: outcomeOf(wait, now), answered: wait.state === 'answered' }));
  const both = (time: SlowQuery['time']) => ({
    answered: nearestRank(waits.filter((wait) => wait.state === 'answered').map((wait) => lengthOf(wait, time))),
    all: kaplanMeierPercentiles(waits.map((wait) => ({ length: lengthOf(wait, time), answered: wait.state === 'answered' }))),
  });
  return {
    waits: waits.length, answered: count('answered'), answeredByBot: count('answered_by_bot'), notNeeded: count('not_needed'), abandoned: count('abandoned'), open: count('open'),
    calendar: both('calendar'), business: both('business'),
    target: {
      within: outcomes.filter(({ outcome }) => outcome === 'within').length,
      over: outcomes.filter(({ outcome }) => outcome === 'over').length,
      undecided: outcomes.filter(({ outcome }) => outcome === 'undecided').length,
      answeredWithin: outcomes.filter(({ outcome, answered }) => outcome === 'within' && answered).length,
      answeredOver: outcomes.filter(({ outcome, answered }) => outcome === 'over' && answered).length,
    },
  };
}

/** §13: those that began in the days asked for, of the kind and the places asked for. */
export function chosen(waits: readonly SlowWait[], query: SlowQuery): SlowWait[] {
  return waits.filter((wait) => {
    const day = dayIn(query.zone, wait.from);
    return day >= query.from && day <= query.to && (query.kind === 'any' || wait.kind === query.kind)
      && (query.channel === undefined || query.channel.includes(wait.channelId)) && (query.priority === undefined || query.priority.includes(wait.priority));
  });
}

/** What a report says of these waits, as far as the definitions fix it. */
export function slowReport(all: readonly SlowWait[], query: SlowQuery, now: number) {
  const waits = chosen(all, query);
  const length = (wait: SlowWait): number => lengthOf(wait, query.time);
  const hourOf = (wait: SlowWait): number => new Date(wallClock(query.zone, wait.from)).getUTCHours();
  const dayOf = (wait: SlowWait): string => dayIn(query.zone, wait.from);
  const trend = [];
  for (let day = query.from; day <= query.to; day = dayAfter(day)) {
    const mine = waits.filter((wait) => dayOf(wait) === day);
    const answered = mine.filter((wait) => wait.state === 'answered');
    trend.push({ day, from: firstInstant(query.zone, day, 0), to: firstInstant(query.zone, dayAfter(day), 0), waits: mine.length, answered: answered.length, over: mine.filter((wait) => outcomeOf(wait, now) === 'over').length, ...nearestRank(answered.map(length)) });
  }
  const cell = (weekday: number, hour: number): SlowWait[] => waits.filter((wait) => weekdayOf(dayOf(wait)) === weekday && hourOf(wait) === hour);
  const heat = <T>(tell: (mine: SlowWait[]) => T): T[][] => [0, 1, 2, 3, 4, 5, 6].map((weekday) => Array.from({ length: 24 }, (_none, hour) => tell(cell(weekday, hour))));
  const where = (['bot', 'unassigned', 'agent', 'snoozed', 'customer'] as const).map((by) => ({ by, ms: waits.flatMap((wait) => wait.lay).filter((lay) => lay.by === by).reduce((sum, lay) => sum + (query.time === 'calendar' ? lay.calendarMs : lay.businessMs), 0) }));
  const time = waits.reduce((sum, wait) => sum + length(wait), 0);
  const groupsOf = (keyOf: (wait: SlowWait) => string) => Object.fromEntries([...new Set(waits.map(keyOf))].map((key) => [key, slowFigures(waits.filter((wait) => keyOf(wait) === key), now)]));
  const open = all.filter((wait) => wait.state === 'open');
  return {
    figures: slowFigures(waits, now), trend,
    heat: { arrivals: heat((mine) => mine.length), waiting: heat((mine) => kaplanMeierPercentiles(mine.map((wait) => ({ length: length(wait), answered: wait.state === 'answered' }))).p50 ?? null) },
    where: where.map((each) => ({ ...each, share: time === 0 ? 0 : each.ms / time })).filter((each) => each.ms > 0),
    groups: { channel: groupsOf((wait) => wait.channelId), priority: groupsOf((wait) => wait.priority), weekday: groupsOf((wait) => String(weekdayOf(dayOf(wait)))), hour: groupsOf((wait) => String(hourOf(wait))) },
    responders: Object.fromEntries([...new Set(waits.flatMap((wait) => wait.answer?.agentId ?? []))].map((id) => [id, slowFigures(waits.filter((wait) => wait.answer?.agentId === id), now)])),
    notNeeded: Object.fromEntries([...new Set(waits.flatMap((wait) => wait.notNeededBy ?? []))].map((id) => [id, waits.filter((wait) => wait.notNeededBy === id).length])),
    owed: { customers: new Set(open.map((wait) => wait.person)).size, overdue: new Set(open.filter((wait) => outcomeOf(wait, now) === 'over').map((wait) => wait.person)).size, oldestSince: open.length === 0 ? undefined : Math.min(...open.map((wait) => wait.from)) },
    /** How many answered ones are at least `from` and less than `to` long. */
    between: (from: number, to: number | undefined) => waits.filter((wait) => wait.state === 'answered' && length(wait) >= from && (to === undefined || length(wait) < to)).length,
    curveAt: (at: number) => {
      const answered = waits.filter((wait) => wait.state === 'answered');
      const { waiting, of } = kaplanMeier(waits.map((wait) => ({ length: length(wait), answered: wait.state === 'answered' })))(at);
      return { answered: answered.length === 0 ? 0 : answered.filter((wait) => length(wait) <= at).length / answered.length, all: Number(((of - waiting) * 1_000_000_000_000n) / of) / 1e12 };
    },
  };
}
