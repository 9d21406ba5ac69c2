import { flag, holderKinds, states } from '../columns/layouts.js';
import { responderKey } from '../names.js';
import type { BreachReason, GroupKey, Report } from '../shapes.js';
import { whole } from './partition.js';
import { outcome, type Selection } from './selection.js';
import { whereOf } from './groups.js';

const notNeeded = states.indexOf('not_needed');
const reasons: readonly BreachReason[] = [...holderKinds, 'undelivered'];

/** Why a wait was over its target: an answer that did not arrive, else with whom it lay for most of the time. */
export function breachReasons(selection: Selection): (place: number) => BreachReason {
  const reasonOf = reasonIndices(selection);
  return (place) => reasons[reasonOf(place)] ?? 'agent';
}

/** As indices of `reasons`, which begins with the holders. */
function reasonIndices(selection: Selection): (place: number) => number {
  const { flags } = selection.view.waits.at;
  const dominant = selection.dominant(selection.view.query.time);
  return (place) => (((flags[selection.rows[place] as number] as number) & flag.undelivered) !== 0 ? holderKinds.length : dominant(place));
}

/** The waits over target by why, the most frequent first. */
export function breachesOf(selection: Selection): Report['breaches'] {
  const counts = reasons.map(() => 0);
  const outcomes = selection.outcomes();
  const reasonOf = reasonIndices(selection);
  for (let place = 0; place < outcomes.length; place += 1) {
    if (outcomes[place] !== outcome.over) continue;
    const reason = reasonOf(place);
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return reasons.map((reason, index) => ({ reason, count: counts[index] ?? 0 })).filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}

/** The sum of the segments of all waits, by with whom they lay. */
export function whereTimeWent(selection: Selection): Report['where'] {
  const [sums = {}] = whereOf(selection, selection.view.query.time, whole(selection));
  const total = Object.values(sums).reduce((sum, ms) => sum + ms, 0);
  return holderKinds.map((by) => ({ by, ms: sums[by] ?? 0, share: total === 0 ? 0 : (sums[by] ?? 0) / total }));
}

/** Who said that no answer was needed, as this scope shows them. */
export function dismisserKey(selection: Selection, place: number): GroupKey {
  const { view } = selection;
  const word = view.columns.words.responder.word(view.waits.at.dismisser[selection.rows[place] as number] as number);
  return word === '' ? { id: 'none', name: 'Nobody named' } : responderKey(word, view.asking.scope, view.names);
}

export function notNeededOf(selection: Selection): Report['notNeeded'] {
  const { dismisser } = selection.view.waits.at;
  const { rows, states: state } = selection;
  const counts: number[] = [];
  const places: number[] = [];
  for (let place = 0; place < state.length; place += 1) {
    if (state[place] !== notNeeded) continue;
    const code = dismisser[rows[place] as number] as number;
    counts[code] = (counts[code] ?? 0) + 1;
    places[code] = place;
  }
  return places.flatMap((place, code) => [{ key: dismisserKey(selection, place), count: counts[code] ?? 0 }]).sort((a, b) => b.count - a.count || compare(a.key.name, b.key.name) || compare(a.key.id, b.key.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
