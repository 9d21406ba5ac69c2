import type { Plan } from '../plan.js';
import { searchSegment } from './evaluate.js';
import type { Segment } from './segment.js';

/**
 * Row numbers of the documents that answer a plan, highest first, at most `limit`. Begins with the segment that has the
 * newest document and ends when no other can have a newer one than those found. Leaves out what is `hidden`.
 */
export function findInSegments(segments: readonly Segment[], plan: Plan, range: { from: number; to: number; limit: number }, hidden: (id: number) => boolean): number[] {
  let found: number[] = [];
  for (const segment of [...segments].sort((a, b) => b.high - a.high)) {
    const last = found.length < range.limit ? undefined : found[range.limit - 1];
    if (last !== undefined && last > segment.high) break;
    const more = searchSegment(segment, plan, { ...range, from: Math.max(range.from, last ?? 0) }, hidden);
    if (more.length > 0) found = [...found, ...more].sort((a, b) => b - a).slice(0, range.limit);
  }
  return found;
}
