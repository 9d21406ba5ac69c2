import { type Ordering, KeptOrder } from './kept-order.js';
import { answered, type CaseTable, open, type WaitTable } from './layouts.js';
import { orderByLength, thenBy } from './order-by-length.js';

/** The waits that have ended by length, shortest first; at one length answered ones before others. Open ones grow, and stand in none. */
export function endedByLength(waits: WaitTable, clock: 'calendar' | 'business'): KeptOrder {
  const comesLater = (row: number): number => (waits.at.state[row] === answered ? 0 : 1);
  const ordering: Ordering = {
    holds: (row) => (waits.at.state[row] as number) > open,
    compare: (a, b) => waits.length(clock, a) - waits.length(clock, b) || comesLater(a) - comesLater(b),
    sort: (rows) => orderByLength(waits.lengths(clock, rows), (at) => waits.at.state[rows[at] as number] === answered).map((at) => rows[at] as number),
  };
  return waits.keep(new KeptOrder(ordering));
}

/** The conversations by person, each person's by their beginning. */
export function casesByPerson(cases: CaseTable, personOf: (record: number) => number): KeptOrder {
  const person = (row: number): number => personOf(cases.at.customer[row] as number);
  const begun = (row: number): number => Math.max(0, cases.at.from[row] as number);
  const ordering: Ordering = {
    holds: (row) => cases.at.present[row] === 1,
    compare: (a, b) => person(a) - person(b) || begun(a) - begun(b) || a - b,
    sort: (rows) => {
      const byTime = orderByLength(Float64Array.from(rows, begun), () => true);
      return thenBy(byTime, rows.map(person)).map((at) => rows[at] as number);
    },
  };
  return cases.keep(new KeptOrder(ordering));
}
