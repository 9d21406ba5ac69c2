import type { Millis } from '../../inbox/model/common.js';
import { answered, flag, holderColumns, open } from '../columns/layouts.js';
import { orderByLength } from './order-by-length.js';
import type { View } from './view.js';

export type Clock = 'calendar' | 'business';

/** Waits in the order of their lengths. */
export interface SortedWaits {
  /** Their places. */
  order: Uint32Array;
  lengths: Float64Array;
  /** 1 where it was answered. */
  answered: Uint8Array;
  /** Of the answered alone. */
  answeredLengths: Float64Array;
}

/** What became of a wait with a target; see `docs/response-times.md` §15. */
export const outcome = { none: 0, within: 1, over: 2, undecided: 3 } as const;

/** Waits of one period as a report counts them; places are 0 … size-1. Lengths and orders are made when first asked for. */
export class Selection {
  /** By place: indices of `states`. */
  readonly states: Uint8Array;
  private readonly made = new Map<Clock, { lengths: Float64Array; sorted?: SortedWaits }>();
  private judged: Uint8Array | undefined;

  constructor(readonly view: View, readonly rows: Uint32Array, readonly now: Millis) {
    const { state } = view.waits.at;
    this.states = new Uint8Array(rows.length);
    for (let place = 0; place < rows.length; place += 1) this.states[place] = state[rows[place] as number] as number;
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
    return this.entry(clock).lengths;
  }

  /** All of it, shortest wait first, answered ones before others of one length. */
  sorted(clock: Clock): SortedWaits {
    const entry = this.entry(clock);
    return entry.sorted ??= sortedWaits(entry.lengths, this.states);
  }

  outcomes(): Uint8Array {
    if (this.judged !== undefined) return this.judged;
    const judged = new Uint8Array(this.size);
    const lengths = this.lengths('calendar');
    const due = this.view.waits.lengths('due', this.rows);
    const { flags } = this.view.waits.at;
    for (let place = 0; place < this.size; place += 1) {
      if (((flags[this.rows[place] as number] as number) & flag.target) === 0) continue;
      const isOver = (lengths[place] as number) > (due[place] as number);
      const state = this.state(place);
      judged[place] = isOver ? outcome.over : state === answered ? outcome.within : state === open ? outcome.undecided : outcome.none;
    }
    return this.judged = judged;
  }

  /** With whom it lay for most of the time, as an index of `holderKinds`: by this clock, or where that did not run, by the calendar's. */
  dominant(place: number, clock: Clock): number {
    const row = this.rows[place] as number;
    const found = this.longestHolder(row, clock);
    return found >= 0 ? found : Math.max(0, this.longestHolder(row, 'calendar'));
  }

  private longestHolder(row: number, clock: Clock): number {
    const columns = holderColumns[clock];
    let best = -1;
    let most = 0;
    for (let holder = 0; holder < columns.length; holder += 1) {
      const ms = this.view.waits.length(columns[holder] as (typeof columns)[number], row);
      if (ms <= most) continue;
      best = holder;
      most = ms;
    }
    return best;
  }

  private entry(clock: Clock): { lengths: Float64Array; sorted?: SortedWaits } {
    let entry = this.made.get(clock);
    if (entry === undefined) this.made.set(clock, entry = { lengths: this.view.waits.lengths(clock, this.rows) });
    return entry;
  }
}

function sortedWaits(lengths: Float64Array, states: Uint8Array): SortedWaits {
  const order = orderByLength(lengths, (place) => states[place] === answered);
  const sorted: SortedWaits = { order, lengths: new Float64Array(order.length), answered: new Uint8Array(order.length), answeredLengths: new Float64Array(order.length) };
  let count = 0;
  for (let at = 0; at < order.length; at += 1) {
    const place = order[at] as number;
    const length = lengths[place] as number;
    sorted.lengths[at] = length;
    if (states[place] !== answered) continue;
    sorted.answered[at] = 1;
    sorted.answeredLengths[count++] = length;
  }
  return { ...sorted, answeredLengths: sorted.answeredLengths.subarray(0, count) };
}
