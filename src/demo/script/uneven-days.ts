import type { Millis } from '../../inbox/model/common.js';
import { day, hour, isStaffed, localTime, minute } from '../world/days.js';
import type { Random } from '../world/random.js';
import type { ScriptStep } from './script.js';

/** When the desk goes home, in minutes of the day; nobody answers later. */
const lastWord = 17 * 60 + 45;

/** The Tuesday of the week before last: two of five were away, and much came in. Its midnight, in the firm's zone. */
export function badTuesday(now: Millis): Millis {
  let at = now - 8 * day;
  while (localTime(at).day !== 1) at -= day;
  return at - localTime(at).minute * minute;
}

/**
 * Days are not alike: on one Tuesday answers took hours, and the month before the last was slower in one team. Delays what
 * agents did, never past the customer's next word and never past closing time. Pure.
 */
export function unevenDays(steps: readonly ScriptStep[], facts: { now: Millis; random: Random }): ScriptStep[] {
  const { now, random } = facts;
  const tuesday = badTuesday(now);
  const threads = new Map<string, ScriptStep[]>();
  for (const step of steps) threads.set(step.thread, [...threads.get(step.thread) ?? [], step]);
  return [...threads.values()].flatMap((thread) => {
    const sorted = thread.toSorted((a, b) => a.at - b.at);
    return delayed(sorted, (step) => {
      if (step.do !== 'act') return 0;
      if (step.at >= tuesday + 9 * hour && step.at < tuesday + 15 * hour) return random.between(150, 330) * minute;
      const slowMonth = step.at >= now - 56 * day && step.at < now - 28 * day && step.team === 'orders' && step.deed.do === 'reply';
      return slowMonth ? random.between(25, 110) * minute : 0;
    });
  });
}

function delayed(thread: readonly ScriptStep[], delayOf: (step: ScriptStep) => Millis): ScriptStep[] {
  let earliest = 0;
  return thread.map((step, index) => {
    if (step.do !== 'act') return step;
    const after = thread.slice(index + 1);
    const nextWord = after.findIndex((later) => later.do !== 'act');
    const deedsBefore = nextWord === -1 ? after.length : nextWord;
    const latest = Math.min((after[nextWord]?.at ?? Infinity) - (deedsBefore + 2) * minute, closing(step.at));
    const at = Math.max(step.at, earliest, Math.min(step.at + delayOf(step), latest));
    earliest = at + minute;
    return { ...step, at };
  });
}

function closing(at: Millis): Millis {
  return isStaffed(at) ? at + Math.max(0, lastWord - localTime(at).minute) * minute : at;
}
