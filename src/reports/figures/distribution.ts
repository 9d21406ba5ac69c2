import type { Report } from '../shapes.js';
import type { SortedPart } from './partition.js';
import { estimateAnswered } from './percentiles.js';

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
export function histogramOf(all: SortedPart): Report['histogram'] {
  let at = 0;
  return binStarts.map((from, index) => {
    const to = binStarts[index + 1];
    const first = at;
    while (at < all.answeredLengths.length && (to === undefined || (all.answeredLengths[at] as number) < to)) at += 1;
    return { from, ...(to === undefined ? {} : { to }), count: at - first };
  });
}

/** The share answered within each of at most 60 lengths, up to the longest. */
export function curveOf(all: SortedPart): Report['curve'] {
  const { answeredLengths } = all;
  const longest = answeredLengths.at(-1);
  if (longest === undefined) return [];
  const lengths = [...points.filter((point) => point < longest).slice(0, most - 1), longest];
  const estimate = lengths.map(() => 0);
  let next = 0;
  let share = 0;
  estimateAnswered(all, (length, reached) => {
    for (; next < lengths.length && (lengths[next] as number) < length; next += 1) estimate[next] = share;
    share = reached;
    return true;
  });
  estimate.fill(share, next);
  let count = 0;
  return lengths.map((at, index) => {
    while (count < answeredLengths.length && (answeredLengths[count] as number) <= at) count += 1;
    return { at, answered: count / answeredLengths.length, all: Math.min(1, estimate[index] ?? 0) };
  });
}
