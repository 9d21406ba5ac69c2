import type { Millis } from '../../inbox/model/common.js';
import { answered, flag, states } from '../columns/layouts.js';
import type { View } from '../figures/view.js';
import { average, hoursAWeek, type HoursOfWeek } from './hours-of-week.js';
import type { PresenceSums } from './read-presence.js';
import { type SeenBy, whoWasThere } from './who-was-there.js';

const hourMs = 3_600_000;
const abandoned = states.indexOf('abandoned');

/** What the facts of a period tell about the work and about who was there. */
export interface Measured {
  /** On average, by hour of the week. */
  arrivals: number[];
  present: number[];
  presentBy: SeenBy;
  /** The median time between two answers of one agent; absent: too few of them. */
  handlingMs?: number;
  gaps: number;
  patienceMs?: number;
  abandoned: number;
  imported: number;
}

/** Less than that says little. */
const fewestGaps = 20;
const fewestAbandoned = 30;

/** Counts the waits that began, and the answers that were given, in the period, and who was there. Pure; the columns must not change meanwhile. */
export function measure(view: View, hours: HoursOfWeek, presence: PresenceSums): Measured {
  const { from, to } = hours.period;
  const { at } = view.waits;
  const rows = view.waitsBetween(from, to);
  const arrivals = new Array<number>(hoursAWeek).fill(0);
  const gone = { count: 0, waitedMs: 0 };
  let imported = 0;
  const answersOf = new Map<number, number[]>();
  for (const row of rows) {
    const began = at.from[row] as number;
    const hour = hours.ofWeek(began);
    arrivals[hour] = (arrivals[hour] ?? 0) + 1;
    if (((at.flags[row] as number) & flag.imported) !== 0) imported += 1;
    gone.waitedMs += view.waits.length('business', row);
    if (at.state[row] === abandoned) gone.count += 1;
    if (at.state[row] === answered) noteAnswer(view, answersOf, { row, answeredAt: began + view.waits.length('calendar', row), to });
  }
  const gaps = gapsOf(answersOf);
  const { present, by } = whoWasThere(hours, presence, answersOf);
  return {
    arrivals: arrivals.map((count, hour) => average(count, hours.times(hour))), present, presentBy: by, gaps: gaps.length, abandoned: gone.count, imported,
    ...(gaps.length < fewestGaps ? {} : { handlingMs: gaps[Math.floor(gaps.length / 2)] as number }),
    ...(gone.count < fewestAbandoned ? {} : { patienceMs: gone.waitedMs / gone.count }),
  };
}

function noteAnswer(view: View, answersOf: Map<number, number[]>, answer: { row: number; answeredAt: Millis; to: Millis }): void {
  const responder = view.shownResponder(answer.row);
  if (responder === undefined || responder === 0 || answer.answeredAt >= answer.to || view.columns.words.responder.word(responder).startsWith('outside:')) return;
  const known = answersOf.get(responder);
  if (known === undefined) answersOf.set(responder, [answer.answeredAt]);
  else known.push(answer.answeredAt);
}

/** Between two answers of one agent, where that is under an hour; in order. One answer may end several waits: that is no gap. */
function gapsOf(answersOf: ReadonlyMap<number, number[]>): number[] {
  const gaps: number[] = [];
  for (const answers of answersOf.values()) {
    answers.sort((a, b) => a - b);
    for (let at = 1; at < answers.length; at += 1) {
      const gap = (answers[at] as number) - (answers[at - 1] as number);
      if (gap > 0 && gap < hourMs) gaps.push(gap);
    }
  }
  return gaps.sort((a, b) => a - b);
}
