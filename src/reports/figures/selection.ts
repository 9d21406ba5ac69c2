import type { Millis } from '../../inbox/model/common.js';
import { answered, flag, holderColumns, open } from '../columns/layouts.js';
import { orderByLength } from './order-by-length.js';
import type { View } from './view.js';

export type Clock = 'calendar' | 'business';

/** What became of a wait with a target; see `docs/response-times.md` §15. */
export const outcome = { none: 0, within: 1, over: 2, undecided: 3 } as const;

/** Waits of one period as a report counts them; places are 0 … size-1. Lengths and orders are made when first asked for. */
export class Selection {
  private readonly made = new Map<Clock, { lengths: Float64Array; order?: Uint32Array }>();
  private judged: Uint8Array | undefined;

  constructor(readonly view: View, readonly rows: Uint32Array, readonly now: Millis) {}

  get size(): number {
    return this.rows.length;
  }

  state(place: number): number {
    return this.view.waits.at.state[this.rows[place] as number] as number;
  }

  from(place: number): Millis {
    return this.view.waits.at.from[this.rows[place] as number] as number;
  }

  lengths(clock: Clock): Float64Array {
    return this.entry(clock).lengths;
  }

  /** Places, shortest wait first, answered ones before others of one length. */
  order(clock: Clock): Uint32Array {
    const entry = this.entry(clock);
    return entry.order ??= orderByLength(entry.lengths, (place) => this.state(place) === answered);
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
    let [best, most] = [-1, 0];
    holderColumns[clock].forEach((name, holder) => {
      const ms = this.view.waits.length(name, row);
      if (ms > most) [best, most] = [holder, ms];
    });
    return best;
  }

  private entry(clock: Clock): { lengths: Float64Array; order?: Uint32Array } {
    let entry = this.made.get(clock);
    if (entry === undefined) this.made.set(clock, entry = { lengths: this.view.waits.lengths(clock, this.rows) });
    return entry;
  }
}
