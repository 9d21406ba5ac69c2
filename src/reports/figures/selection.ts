import type { Millis } from '../../inbox/model/common.js';
import { tooLong } from '../columns/column-table.js';
import { merged } from '../columns/kept-order.js';
import { answered, flag, holderColumns, open, states, type WaitTable } from '../columns/layouts.js';
import { orderByLength } from '../columns/order-by-length.js';
import type { Scratch } from '../columns/scratch.js';
import { hourNumber } from '../period.js';
import type { View } from './view.js';

export type Clock = 'calendar' | 'business';

/** Waits in the order of their lengths. */
export interface SortedWaits {
  /** Shortest first; at one length answered ones before others. Each is twice the place, and one more where it was answered: so whoever walks through it need not look that up. */
  order: Uint32Array;
  /** The places of the answered alone, shortest first. */
  answered: Uint32Array;
  lengthOf(place: number): number;
}

/** What became of a wait with a target; see `docs/response-times.md` §15. */
export const outcome = { none: 0, within: 1, over: 2, undecided: 3 } as const;

export const outcomes = Object.keys(outcome).length;

/** What became of the target of a wait that is not over it, by its state. */
const inTime = states.map((_, state) => (state === answered ? outcome.within : state === open ? outcome.undecided : outcome.none));

/** Waits of one period as a report counts them; places are 0 … size-1. Lengths and orders are made when first asked for, in the scratch of the columns. */
export class Selection {
  /** By place: indices of `states`. */
  readonly states: Uint8Array;
  private readonly lengthsMade = new Map<Clock, Float64Array>();
  private readonly sortedMade = new Map<Clock, SortedWaits>();
  private readonly wall: (at: Millis) => number;
  private judged: Uint8Array | undefined;
  private fatesMade: Uint8Array | undefined;
  private hoursMade: Int32Array | undefined;
  private entriesMade: Int32Array | undefined;
  readonly now: Millis;
  readonly scratch: Scratch;

  /** `wall`: what the clock shows in the report's zone. */
  constructor(readonly view: View, readonly rows: Uint32Array, facts: { now: Millis; wall: (at: Millis) => number }) {
    this.now = facts.now;
    this.wall = facts.wall;
    const { state } = view.waits.at;
    this.scratch = view.columns.scratch;
    this.states = this.scratch.u8(rows.length);
    for (let place = 0; place < rows.length; place += 1) this.states[place] = state[rows[place] as number] as number;
  }

  /** Other waits, asked for in the same report. */
  of(rows: Uint32Array): Selection {
    return new Selection(this.view, rows, { now: this.now, wall: this.wall });
  }

  get size(): number {
    return this.rows.length;
  }

  state(place: number): number {
    return this.states[place] as number;
  }

  from(place: number): Millis {
    return this.view.waits.at.from[this.rows[place] as number] as number;
  }

  lengths(clock: Clock): Float64Array {
    let lengths = this.lengthsMade.get(clock);
    if (lengths === undefined) this.lengthsMade.set(clock, lengths = this.view.waits.lengths(clock, this.rows));
    return lengths;
  }

  /** Where this row is among them; `undefined`: it is not. */
  placeOf(row: number): number | undefined {
    const entry = this.entries()[row] ?? -1;
    return entry < 0 ? undefined : entry >>> 1;
  }

  /** The hour in which each began, by the clock on the wall: hours since 1970. */
  hours(): Int32Array {
    if (this.hoursMade !== undefined) return this.hoursMade;
    const { rows, wall } = this;
    const { from } = this.view.waits.at;
    const hours = this.scratch.i32(rows.length);
    for (let place = 0; place < rows.length; place += 1) hours[place] = hourNumber(wall(from[rows[place] as number] as number));
    return this.hoursMade = hours;
  }

  /** All of it, the shortest wait first. Those that have ended need no sorting: they stand in the order that the columns keep. */
  sorted(clock: Clock): SortedWaits {
    let sorted = this.sortedMade.get(clock);
    if (sorted === undefined) this.sortedMade.set(clock, sorted = this.putInOrder(clock));
    return sorted;
  }

  /** By place: what became of its target. */
  outcomes(): Uint8Array {
    if (this.judged !== undefined) return this.judged;
    const { rows, states: state } = this;
    const { waits } = this.view;
    const { calendar, due, flags } = waits.at;
    const judged = this.scratch.u8(rows.length).fill(outcome.none);
    for (let place = 0; place < rows.length; place += 1) {
      const row = rows[place] as number;
      if (((flags[row] as number) & flag.target) === 0) continue;
      const length = calendar[row] as number;
      const most = due[row] as number;
      const isOver = length === tooLong || most === tooLong ? waits.length('calendar', row) > waits.length('due', row) : length > most;
      judged[place] = isOver ? outcome.over : inTime[state[place] as number] ?? outcome.none;
    }
    return this.judged = judged;
  }

  /** By place: its state and what became of its target in one number, `state * outcomes + outcome`. */
  fates(): Uint8Array {
    if (this.fatesMade !== undefined) return this.fatesMade;
    const judged = this.outcomes();
    const fates = this.scratch.u8(this.size);
    for (let place = 0; place < fates.length; place += 1) fates[place] = (this.states[place] as number) * outcomes + (judged[place] as number);
    return this.fatesMade = fates;
  }

  /** With whom it lay for most of the time, as an index of `holderKinds`: by this clock, or where that did not run, by the calendar's. */
  dominant(clock: Clock): (place: number) => number {
    const { waits } = this.view;
    const [byClock, byCalendar] = [longestHolder(waits, clock), longestHolder(waits, 'calendar')];
    return (place) => {
      const row = this.rows[place] as number;
      const found = byClock(row);
      return found >= 0 ? found : Math.max(0, byCalendar(row));
    };
  }

  private putInOrder(clock: Clock): SortedWaits {
    const { waits, columns } = this.view;
    const length = waits.reader(clock);
    const lengthOf = (place: number): number => length(this.rows[place] as number);
    const compare = (a: number, b: number): number => lengthOf(a >>> 1) - lengthOf(b >>> 1) || (b & 1) - (a & 1);
    const ended = this.endedOnes(this.size === 0 ? new Uint32Array() : columns.ended[clock].rows(waits.size));
    const opened = this.openOnes(lengthOf);
    return { order: merged(ended.order, opened, { compare, into: this.scratch.u32(ended.order.length + opened.length) }), answered: ended.answered, lengthOf };
  }

  /** Those of these rows that are among the selection. */
  private endedOnes(rows: Uint32Array): { order: Uint32Array; answered: Uint32Array } {
    const entries = this.entries();
    const order = this.scratch.u32(this.size);
    const answeredOnes = this.scratch.u32(this.size);
    let all = 0;
    let count = 0;
    for (let at = 0; at < rows.length; at += 1) {
      const entry = entries[rows[at] as number] as number;
      if (entry < 0) continue;
      order[all++] = entry;
      answeredOnes[count] = entry >>> 1;
      count += entry & 1;
    }
    return { order: order.subarray(0, all), answered: answeredOnes.subarray(0, count) };
  }

  private openOnes(lengthOf: (place: number) => number): Uint32Array {
    const { states: state } = this;
    const places: number[] = [];
    for (let place = 0; place < state.length; place += 1) if (state[place] === open) places.push(place);
    return orderByLength(Float64Array.from(places, lengthOf), () => false).map((at) => 2 * (places[at] as number));
  }

  /** By row: its entry as `SortedWaits` has it; -1 where it has none. */
  private entries(): Int32Array {
    if (this.entriesMade !== undefined) return this.entriesMade;
    const { rows, states: state } = this;
    const entries = this.scratch.i32(this.view.waits.size).fill(-1);
    for (let place = 0; place < rows.length; place += 1) entries[rows[place] as number] = 2 * place + (state[place] === answered ? 1 : 0);
    return this.entriesMade = entries;
  }
}

/** With whom a wait lay longest, as an index of `holderKinds`; -1: with nobody, for that clock did not run. */
function longestHolder(waits: WaitTable, clock: Clock): (row: number) => number {
  const names = holderColumns[clock];
  const columns = names.map((name) => waits.at[name]);
  return (row) => {
    let best = -1;
    let most = 0;
    for (let holder = 0; holder < columns.length; holder += 1) {
      const short = columns[holder]?.[row] ?? 0;
      if (short === 0 || (short < most && short !== tooLong)) continue;
      const ms = short === tooLong ? waits.length(names[holder] ?? 'calendarAgent', row) : short;
      if (ms <= most) continue;
      best = holder;
      most = ms;
    }
    return best;
  };
}
