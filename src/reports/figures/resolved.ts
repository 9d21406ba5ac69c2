import type { Millis } from '../../inbox/model/common.js';
import { caseFlag } from '../columns/layouts.js';
import type { View } from './view.js';

/** By row: when the last resolve of a conversation that held took place, after its first message; Infinity where none has, or not so long ago yet. */
export interface Resolved {
  calendar: Float64Array;
  business: Float64Array;
}

/** Of these conversations. The present resolve counts once it has held so long, else one that had held before, else none. */
export function resolvedAfter({ cases, columns: { scratch } }: View, rows: Uint32Array, at: { now: Millis; holdsMs: number }): Resolved {
  const { flags, from } = cases.at;
  const after: Resolved = { calendar: scratch.f64(cases.size).fill(Infinity), business: scratch.f64(cases.size).fill(Infinity) };
  const latest = at.now - at.holdsMs;
  const [resolved, held, resolvedBusiness, heldBusiness] = [cases.reader('resolved'), cases.reader('held'), cases.reader('resolvedBusiness'), cases.reader('heldBusiness')];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] as number;
    const isResolved = ((flags[row] as number) & caseFlag.resolved) !== 0;
    const length = isResolved ? resolved(row) : 0;
    if (isResolved && (from[row] as number) + length <= latest) {
      after.calendar[row] = length;
      after.business[row] = resolvedBusiness(row);
    } else if (((flags[row] as number) & caseFlag.held) !== 0) {
      after.calendar[row] = held(row);
      after.business[row] = heldBusiness(row);
    }
  }
  return after;
}
