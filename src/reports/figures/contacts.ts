import type { Millis } from '../../inbox/model/common.js';
import type { CaseFigures } from '../shapes.js';
import { rankOf, shares } from './percentiles.js';
import type { Resolved } from './resolved.js';
import type { View } from './view.js';

const together = 7 * 86_400_000;

/**
 * Contacts until solved: a customer's conversations over all channels that began within seven days of one another, until a resolve
 * of one of them held. A row of them counts in the period in which it began, once it is solved. `rows`: all conversations of the view.
 * Gives back an answer to each period asked for; all of them cost one walk.
 */
export function contactsUntilSolved(view: View, rows: Uint32Array, resolved: Resolved, periods: readonly { from: Millis; to: Millis }[]): (period: { from: Millis }) => CaseFigures['contactsUntilSolved'] {
  const tallies = periods.map(({ from, to }) => new Tally(from, to));
  view.columns.scratch.within(() => eachSolved(view, rows, resolved, ({ begun, person, contacts }) => {
    for (const tally of tallies) if (tally.from <= begun && begun < tally.to) tally.add(person, contacts);
  }));
  return ({ from }) => (tallies.find((tally) => tally.from === from) ?? new Tally(from, from)).figures();
}

/** A customer's conversations up to the one that solved it. One object for all of them: good until the next is told. */
export interface SolvedRow {
  person: number;
  begun: Millis;
  /** When the first resolve of one of them that held took place. */
  solvedAt: Millis;
  /** How many: so many numbers of `rows` are theirs, the first one first. */
  contacts: number;
  rows: Uint32Array;
}

/** Tells of each row that is solved, person by person, and of each the first one first. `rows`: all conversations of the view. */
export function eachSolved({ columns, cases }: View, rows: Uint32Array, resolved: Resolved, tell: (solved: SolvedRow) => void): void {
  const { from, customer } = cases.at;
  const passes = columns.scratch.u8(cases.size).fill(0);
  for (let at = 0; at < rows.length; at += 1) passes[rows[at] as number] = 1;
  const order = columns.byPerson.rows(cases.size);
  const row: SolvedRow = { person: -1, begun: -Infinity, solvedAt: Infinity, contacts: 0, rows: columns.scratch.u32(rows.length) };
  let last = -Infinity;
  for (let index = 0; index < order.length; index += 1) {
    const next = order[index] as number;
    if (passes[next] === 0) continue;
    const whose = columns.personOf(customer[next] as number);
    const at = from[next] as number;
    if (whose !== row.person || at - last > together || row.solvedAt <= at) {
      if (row.solvedAt !== Infinity) tell(row);
      row.person = whose;
      row.begun = at;
      row.contacts = 0;
      row.solvedAt = Infinity;
    }
    last = at;
    row.rows[row.contacts++] = next;
    const after = resolved.calendar[next] as number;
    if (at + after < row.solvedAt) row.solvedAt = at + after;
  }
  if (row.solvedAt !== Infinity) tell(row);
}

/** Of one period; told person by person. */
class Tally {
  /** How often a customer needed so many. */
  private readonly times: number[] = [];
  private rows = 0;
  private readonly customers = { all: 0, once: 0, newest: -1, newestOnce: -1 };

  constructor(readonly from: Millis, readonly to: Millis) {}

  add(person: number, contacts: number): void {
    const { customers } = this;
    this.rows += 1;
    this.times[contacts] = (this.times[contacts] ?? 0) + 1;
    if (customers.newest !== person) customers.all += 1;
    customers.newest = person;
    if (contacts !== 1) return;
    if (customers.newestOnce !== person) customers.once += 1;
    customers.newestOnce = person;
  }

  figures(): CaseFigures['contactsUntilSolved'] {
    return { customers: this.customers.all, once: this.customers.once, ...(this.rows === 0 ? {} : { median: this.median() }) };
  }

  private median(): number {
    let left = rankOf(shares.p50, this.rows);
    return this.times.findIndex((times = 0) => {
      left -= times;
      return left < 0;
    });
  }
}
