import type { Millis } from '../../inbox/model/common.js';
import type { CaseFigures } from '../shapes.js';
import { orderByLength, thenBy } from './order-by-length.js';
import { nearestRank } from './percentiles.js';
import { resolvedAfter } from './resolved.js';
import type { View } from './view.js';

const together = 7 * 86_400_000;

/** Conversations by person, each person's by their beginning. */
export interface ByPerson {
  persons: Uint32Array;
  from: Float64Array;
  /** When a resolve of it that held took place; Infinity where none has. */
  solvedAt: Float64Array;
}

/** `rows`: all conversations of the view. */
export function casesByPerson(view: View, rows: Uint32Array, at: { now: Millis; holdsMs: number }): ByPerson {
  const { joined } = view.columns;
  const { cases } = view;
  const persons = new Uint32Array(rows.length);
  const from = new Float64Array(rows.length);
  const solvedAt = new Float64Array(rows.length);
  let isSorted = true;
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] as number;
    const record = cases.at.customer[row] as number;
    persons[place] = joined.size === 0 ? record : joined.get(record) ?? record;
    from[place] = cases.at.from[row] as number;
    solvedAt[place] = (from[place] as number) + resolvedAfter(cases, row, at);
    if (place > 0 && (from[place] as number) < (from[place - 1] as number)) isSorted = false;
  }
  const byTime = isSorted ? Uint32Array.from({ length: rows.length }, (_, place) => place) : orderByLength(from.map((time) => Math.max(0, time)), () => true);
  const order = thenBy(byTime, persons);
  return { persons: persons.map((_, place) => persons[order[place] as number] as number), from: from.map((_, place) => from[order[place] as number] as number), solvedAt: solvedAt.map((_, place) => solvedAt[order[place] as number] as number) };
}

/**
 * Contacts until solved: a customer's conversations over all channels that began within seven days of one another, until a resolve
 * of one of them held. A row of them counts in the period in which it began, once it is solved.
 */
export function contactsUntilSolved({ persons, from, solvedAt }: ByPerson, period: { from: Millis; to: Millis }): CaseFigures['contactsUntilSolved'] {
  const counts: number[] = [];
  const customers = new Set<number>();
  const once = new Set<number>();
  for (let first = 0; first < persons.length;) {
    const person = persons[first] as number;
    let solved = solvedAt[first] as number;
    let next = first + 1;
    for (; next < persons.length && persons[next] === person && (from[next] as number) - (from[next - 1] as number) <= together && solved > (from[next] as number); next += 1) solved = Math.min(solved, solvedAt[next] as number);
    const begun = from[first] as number;
    if (solved !== Infinity && begun >= period.from && begun < period.to) {
      counts.push(next - first);
      customers.add(person);
      if (next - first === 1) once.add(person);
    }
    first = next;
  }
  const sorted = Float64Array.from(counts).sort();
  return { customers: customers.size, once: once.size, ...(sorted.length === 0 ? {} : { median: nearestRank(sorted, 0.5) }) };
}
