import type { Millis } from '../../inbox/model/common.js';
import type { CaseFigures } from '../shapes.js';
import { orderByLength, thenBy } from './order-by-length.js';
import { nearestRank } from './percentiles.js';
import { effectiveResolve } from './resolved.js';
import type { View } from './view.js';

const together = 7 * 86_400_000;

/** Conversations by person, each person's by their beginning. */
export interface ByPerson {
  rows: Uint32Array;
  /** The person of each of them. */
  persons: Uint32Array;
}

export function casesByPerson(view: View, rows: Uint32Array): ByPerson {
  const { joined } = view.columns;
  const { customer, from } = view.cases.at;
  const persons = rows.map((row) => joined.get(customer[row] as number) ?? customer[row] as number);
  const order = thenBy(orderByLength(Float64Array.from(rows, (row) => Math.max(0, from[row] as number)), () => true), persons);
  return { rows: order.map((place) => rows[place] as number), persons: order.map((place) => persons[place] as number) };
}

/**
 * Contacts until solved: a customer's conversations over all channels that began within seven days of one another, until a resolve
 * of one of them held. A row of them counts in the period in which it began, once it is solved. Look at all conversations of the view.
 */
export function contactsUntilSolved(view: View, { rows, persons }: ByPerson, period: { from: Millis; to: Millis; now: Millis; holdsMs: number }): CaseFigures['contactsUntilSolved'] {
  const { at } = view.cases;
  const counts: number[] = [];
  const customers = new Set<number>();
  const once = new Set<number>();
  let chain = { person: -1, begun: 0, last: 0, contacts: 0, solvedAt: Infinity };
  const close = (): void => {
    if (chain.solvedAt === Infinity || chain.begun < period.from || chain.begun >= period.to) return;
    counts.push(chain.contacts);
    customers.add(chain.person);
    if (chain.contacts === 1) once.add(chain.person);
  };
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] as number;
    const person = persons[index] as number;
    const from = at.from[row] as number;
    const goesOn = person === chain.person && from - chain.last <= together && chain.solvedAt > from;
    if (!goesOn) {
      close();
      chain = { person, begun: from, last: from, contacts: 0, solvedAt: Infinity };
    }
    const resolved = effectiveResolve(view.cases, row, period);
    chain.contacts += 1;
    chain.last = from;
    if (resolved !== undefined) chain.solvedAt = Math.min(chain.solvedAt, from + resolved.calendar);
  }
  close();
  const sorted = Float64Array.from(counts).sort();
  return { customers: customers.size, once: once.size, ...(sorted.length === 0 ? {} : { median: nearestRank(sorted, 0.5) }) };
}
