import { flag, holderKinds } from '../columns/layouts.js';
import { responderKey } from '../names.js';
import type { BreachReason, GroupKey, Report } from '../shapes.js';
import { whole } from './partition.js';
import { outcome, type Selection } from './selection.js';
import { whereOf } from './groups.js';

const reasons: readonly BreachReason[] = [...holderKinds, 'undelivered'];

/** Why a wait was over its target: an answer that did not arrive, else with whom it lay for most of the time. */
export function breachReason(selection: Selection, place: number): BreachReason {
  const flags = selection.view.waits.at.flags[selection.rows[place] as number] as number;
  if ((flags & flag.undelivered) !== 0) return 'undelivered';
  return holderKinds[selection.dominant(place, selection.view.query.time)] ?? 'agent';
}

/** The waits over target by why, the most frequent first. */
export function breachesOf(selection: Selection): Report['breaches'] {
  const counts = new Map<BreachReason, number>();
  const outcomes = selection.outcomes();
  for (let place = 0; place < selection.size; place += 1) {
    if (outcomes[place] !== outcome.over) continue;
    const reason = breachReason(selection, place);
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count || reasons.indexOf(a.reason) - reasons.indexOf(b.reason));
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
  const counts = new Map<number, { place: number; count: number }>();
  const { state, dismisser } = selection.view.waits.at;
  for (let place = 0; place < selection.size; place += 1) {
    const row = selection.rows[place] as number;
    if (state[row] !== 4) continue;
    const code = dismisser[row] as number;
    const known = counts.get(code);
    if (known === undefined) counts.set(code, { place, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].map(({ place, count }) => ({ key: dismisserKey(selection, place), count })).sort((a, b) => b.count - a.count || (a.key.name < b.key.name ? -1 : 1));
}
