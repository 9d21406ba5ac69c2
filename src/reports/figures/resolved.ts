import type { Millis } from '../../inbox/model/common.js';
import { caseFlag, type CaseTable } from '../columns/layouts.js';

/** From a conversation's first message to its last resolve that held; `undefined` while there is none, or it has not held so long yet. */
export function effectiveResolve(cases: CaseTable, row: number, at: { now: Millis; holdsMs: number }): { calendar: number; business: number } | undefined {
  const flags = cases.at.flags[row] as number;
  if ((flags & caseFlag.resolved) !== 0) {
    const calendar = cases.length('resolved', row);
    if (at.now - (cases.at.from[row] as number) - calendar >= at.holdsMs) return { calendar, business: cases.length('resolvedBusiness', row) };
  }
  if ((flags & caseFlag.held) === 0) return undefined;
  return { calendar: cases.length('held', row), business: cases.length('heldBusiness', row) };
}
