import { firstWhere } from '../columns/kept-order.js';
import type { Report } from '../shapes.js';
import type { SortedWaits } from './selection.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Where the bins of the histogram begin. */
export const binStarts = [0, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour, day, 2 * day, 4 * day, 7 * day] as const;
const most = 60;
const points = [
  0, 10_000, 30_000, minute, 2 * minute, 3 * minute, 5 * minute, 7 * minute, 10 * minute, 15 * minute, 20 * minute, 25 * minute, 30 * minute, 40 * minute, 50 * minute,
  ...[1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 22].map((hours) => hours * hour),
  ...[1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 10, 14, 21, 28, 60, 120, 365].map((days) => days * day),
];

/** The answered waits by how long they took; each bin holds what is at least as long as it begins, and shorter than it ends. */
export function histogramOf({ answered: places, lengthOf }: SortedWaits): Report['histogram'] {
  const shorter = (length: number): number => firstWhere(places, 0, (place) => lengthOf(place) >= length);
  return binStarts.map((from, index) => {
    const to = binStarts[index + 1];
    return { from, ...(to === undefined ? {} : { to }), count: (to === undefined ? places.length : shorter(to)) - shorter(from) };
  });
}

/** The share answered within each of at most 60 lengths, up to the longest. */
export function curveOf(sorted: SortedWaits): Report['curve'] {
  const { order, lengthOf } = sorted;
  const last = sorted.answered.at(-1);
  if (last === undefined) return [];
  const longest = lengthOf(last);
  const lengths = [...points.filter((point) => point < longest).slice(0, most - 1), longest];
  const ends = lengths.map((length) => firstWhere(order, 0, (each) => lengthOf(each >>> 1) > length));
  const { counts, all } = estimatedAt(order, ends);
  return lengths.map((length, index) => ({ at: length, answered: (counts[index] ?? 0) / sorted.answered.length, all: Math.min(1, all[index] ?? 0) }));
}

/** How many are answered before each of these places in the order, and the share as Kaplan and Meier estimate it; see `percentiles.ts`. */
function estimatedAt(order: Uint32Array, ends: readonly number[]): { counts: number[]; all: number[] } {
  const [counts, all]: [number[], number[]] = [[], []];
  let at = 0;
  let count = 0;
  let atRisk = 0;
  let before = 1;
  let unanswered = 1;
  for (const end of ends) {
    for (; at < end; at += 1) {
      if (((order[at] as number) & 1) === 1) {
        if (atRisk === 0) atRisk = order.length - at;
        unanswered = before * ((order.length - at - 1) / atRisk);
        count += 1;
      } else {
        before = unanswered;
        atRisk = 0;
      }
    }
    counts.push(count);
    all.push(1 - unanswered);
  }
  return { counts, all };
}
