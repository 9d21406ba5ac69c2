import type { Scratch } from '../columns/scratch.js';
import type { Percentiles } from '../shapes.js';
import { rankOf, shares } from './percentiles.js';

const buckets = 16_384;

/** The percentiles of these values, none of them below zero, by nearest rank; in no order, and without sorting more than some of them. */
export function nearestRanks(values: Float64Array, scratch: Scratch): Percentiles {
  if (values.length === 0) return {};
  return scratch.within(() => {
    const valueAt = ranked(values, scratch);
    return { p50: valueAt(rankOf(shares.p50, values.length)), p90: valueAt(rankOf(shares.p90, values.length)), p95: valueAt(rankOf(shares.p95, values.length)) };
  });
}

/** One of them. */
export function nearestRank(values: Float64Array, share: number, scratch: Scratch): number {
  return scratch.within(() => ranked(values, scratch)(rankOf(share, values.length)));
}

/**
 * Gives the value that would stand at a place if all were sorted: they are counted by buckets (narrow where values are small), and
 * only the bucket in which the place lies is sorted.
 */
function ranked(values: Float64Array, scratch: Scratch): (rank: number) => number {
  let highest = 1;
  for (let at = 0; at < values.length; at += 1) if ((values[at] as number) > highest) highest = values[at] as number;
  const scale = (buckets - 1) / Math.sqrt(highest);
  const starts = scratch.u32(buckets + 1).fill(0);
  const bucketOf = scratch.u16(values.length);
  for (let at = 0; at < values.length; at += 1) {
    const bucket = Math.floor(Math.sqrt(values[at] as number) * scale);
    bucketOf[at] = bucket;
    starts[bucket + 1] = (starts[bucket + 1] as number) + 1;
  }
  for (let bucket = 1; bucket <= buckets; bucket += 1) starts[bucket] = (starts[bucket] as number) + (starts[bucket - 1] as number);
  return (rank) => {
    const bucket = lastNotAbove(starts, rank);
    const inside = scratch.f64((starts[bucket + 1] as number) - (starts[bucket] as number));
    let count = 0;
    for (let at = 0; at < values.length; at += 1) if (bucketOf[at] === bucket) inside[count++] = values[at] as number;
    return inside.sort()[rank - (starts[bucket] as number)] ?? 0;
  };
}

function lastNotAbove(starts: Uint32Array, rank: number): number {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= rank) low = middle;
    else high = middle;
  }
  return low;
}
