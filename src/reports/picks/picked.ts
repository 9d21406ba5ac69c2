import { AppError } from '../../errors.js';
import { answered, holderKinds, states } from '../columns/layouts.js';
import { breachReasons, dismisserKey } from '../figures/breaches.js';
import { groupingBy } from '../figures/grouping.js';
import { outcome, type Selection } from '../figures/selection.js';
import { dayNumber, dayOfHour, hourOfDay, type Period, weekdayOfDay } from '../period.js';
import type { Pick } from './parse-pick.js';

type Test = (place: number) => boolean;

/** The waits of the selection that a pick stands for. `owed` ones are no part of a period: pass a selection of the open waits for them. */
export function picked(selection: Selection, pick: Pick, period: Period): Selection {
  const tests = testsOf(selection, pick, period);
  if (tests.length === 0) return selection;
  const rows = selection.rows.filter((_, place) => tests.every((test) => test(place)));
  return selection.of(rows);
}

function testsOf(selection: Selection, pick: Pick, period: Period): Test[] {
  const tests: Test[] = [];
  const { view } = selection;
  const dayOf = (place: number): number => dayOfHour(selection.hours()[place] as number);
  if (pick.states !== undefined) {
    const wanted = pick.states.map((state) => states.indexOf(state));
    tests.push((place) => wanted.includes(selection.state(place)));
  }
  if (pick.target !== undefined) tests.push(outcomeIs(selection, outcome[pick.target]));
  if (pick.days !== undefined) {
    const first = dayNumber(pick.days.first);
    const end = first + pick.days.count;
    tests.push((place) => {
      const day = dayOf(place);
      return day >= first && day < end;
    });
  }
  const { cell, by, group, notNeededBy } = pick;
  if (cell !== undefined) tests.push((place) => hourOfDay(selection.hours()[place] as number) === cell.hour && weekdayOfDay(dayOf(place)) === cell.weekday);
  if (pick.bin !== undefined) tests.push((place) => selection.state(place) === answered, lengthIn(selection, pick.bin));
  if (pick.waited !== undefined) tests.push(lengthIn(selection, pick.waited));
  if (by !== undefined) tests.push(layMostly(selection, by));
  if (pick.breach !== undefined) tests.push(outcomeIs(selection, outcome.over), isBreached(selection, pick.breach));
  if (group !== undefined) tests.push(inGroup(selection, group));
  if (notNeededBy !== undefined) tests.push((place) => states[selection.state(place)] === 'not_needed' && dismisserKey(selection, place).id === notNeededBy);
  if (pick.corrected === true) tests.push((place) => (view.columns.corrected.get(selection.rows[place] as number) ?? 0) >= period.to);
  return tests;
}

function outcomeIs(selection: Selection, wanted: number): Test {
  const outcomes = selection.outcomes();
  return (place) => outcomes[place] === wanted;
}

function layMostly(selection: Selection, by: NonNullable<Pick['by']>): Test {
  const dominant = selection.dominant(selection.view.query.time);
  return (place) => holderKinds[dominant(place)] === by;
}

function isBreached(selection: Selection, reason: NonNullable<Pick['breach']>): Test {
  const reasonOf = breachReasons(selection);
  return (place) => reasonOf(place) === reason;
}

function lengthIn(selection: Selection, range: { from: number; to?: number }): Test {
  const lengths = selection.lengths(selection.view.query.time);
  const { from, to = Infinity } = range;
  return (place) => (lengths[place] as number) >= from && (lengths[place] as number) < to;
}

function inGroup(selection: Selection, group: string): Test {
  const { groupBy } = selection.view.query;
  if (groupBy === undefined) throw new AppError('bad_request', 'A group can be picked from a report that is grouped: please say groupBy.');
  const grouping = groupingBy(selection.view, groupBy);
  const isIn: boolean[] = [];
  const codes = grouping.codes(selection);
  return (place) => {
    const code = codes[place] as number;
    return isIn[code] ??= grouping.idsOf(code).includes(group);
  };
}
