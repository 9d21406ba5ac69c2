import type { Millis } from '../../inbox/model/common.js';
import { flag } from '../columns/layouts.js';
import type { Report } from '../shapes.js';
import type { View } from './view.js';

/** Whose waits these are: how many customers, joined records being one. */
export function customersOf({ waits: { at }, columns }: View, rows: Uint32Array): number {
  const customers = new Set<number>();
  for (const row of rows) customers.add(columns.personOf(at.customer[row] as number));
  return customers.size;
}

/** Customers (joined records are one) with an open wait now. `rows`: the open waits that count. */
export function owedOf(view: View, rows: Uint32Array, now: Millis): Report['owed'] {
  const { waits: { at }, waits, columns } = view;
  const customers = new Set<number>();
  const inPublic = new Set<number>();
  const overdue = new Set<number>();
  let oldestSince: Millis | undefined;
  for (const row of rows) {
    const person = columns.personOf(at.customer[row] as number);
    const [from, flags] = [at.from[row] as number, at.flags[row] as number];
    customers.add(person);
    if ((flags & flag.public) !== 0) inPublic.add(person);
    if ((flags & flag.target) !== 0 && now - from > waits.length('due', row)) overdue.add(person);
    if (oldestSince === undefined || from < oldestSince) oldestSince = from;
  }
  return { customers: customers.size, inPublic: inPublic.size, overdue: overdue.size, ...(oldestSince === undefined ? {} : { oldestSince }) };
}
