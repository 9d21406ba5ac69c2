import type { Millis } from '../../inbox/model/common.js';
import { caseFlag, type CaseTable } from '../columns/layouts.js';

/** Which of a conversation's resolves counts: the present one once it has held so long, else one that had held before, else none. */
function countingResolve(cases: CaseTable, row: number, at: { now: Millis; holdsMs: number }): 'resolved' | 'held' | undefined {
  const flags = cases.at.flags[row] as number;
  if ((flags & caseFlag.resolved) !== 0 && at.now - (cases.at.from[row] as number) - cases.length('resolved', row) >= at.holdsMs) return 'resolved';
  return (flags & caseFlag.held) === 0 ? undefined : 'held';
}

/** From a conversation's first message to its last resolve that held; Infinity while there is none, or it has not held so long yet. */
export function resolvedAfter(cases: CaseTable, row: number, at: { now: Millis; holdsMs: number }): number {
  const counts = countingResolve(cases, row, at);
  return counts === undefined ? Infinity : cases.length(counts, row);
}

/** The same in business time. */
export function resolvedAfterOpen(cases: CaseTable, row: number, at: { now: Millis; holdsMs: number }): number {
  const counts = countingResolve(cases, row, at);
  return counts === undefined ? Infinity : cases.length(counts === 'resolved' ? 'resolvedBusiness' : 'heldBusiness', row);
}
