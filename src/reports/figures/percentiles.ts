import type { Percentiles } from '../shapes.js';
import { type Partition, severalParts } from './partition.js';
import type { SortedWaits } from './selection.js';

export const shares = { p50: 0.5, p90: 0.9, p95: 0.95 } as const;
const names = ['p50', 'p90', 'p95'] as const;
/** Far below the step between two shares of a few million rows, far above what adding up fractions loses. */
const tiny = 1e-9;
/** The shares from which on each percentile is reached. */
const wanted = Float64Array.from(names, (name) => shares[name] - tiny);
const never = 2 ** 31 - 1;

/** Which of so many values, from 0 on, is the nearest rank: the smallest such that at least that share is not longer. */
export function rankOf(share: number, count: number): number {
  return Math.max(0, Math.ceil(share * count - tiny) - 1);
}

/** Of the answered, by part: nearest rank. `counts`: how many of each part were answered. */
export function nearestByPart(sorted: SortedWaits, partition: Partition, counts: Int32Array): Percentiles[] {
  if (partition.isWhole === true) return [ofWhole(sorted)];
  const { parts, of } = partition;
  const found = Array.from({ length: parts }, (): Percentiles => ({}));
  const next = new Uint8Array(parts);
  const left = counts.map((count) => (count === 0 ? never : rankOf(shares.p50, count)));
  const reach = (part: number, place: number): void => {
    const count = counts[part] as number;
    const mine = found[part] as Percentiles;
    let steps = 0;
    for (let name = names[next[part] as number]; name !== undefined && steps === 0; name = names[next[part] as number]) {
      mine[name] = sorted.lengthOf(place);
      next[part] = (next[part] as number) + 1;
      const following = names[next[part] as number];
      steps = following === undefined ? never : rankOf(shares[following], count) - rankOf(shares[name], count);
    }
    left[part] = steps - 1;
  };
  const take = (part: number, place: number): void => {
    const steps = left[part] as number;
    if (steps === 0) reach(part, place);
    else left[part] = steps - 1;
  };
  for (let at = 0; at < sorted.answered.length; at += 1) {
    const place = sorted.answered[at] as number;
    const code = of[place] as number;
    if (code >= 0) take(code, place);
    else if (code < -1) for (const part of severalParts(partition, code)) take(part, place);
  }
  return found;
}

function ofWhole({ answered, lengthOf }: SortedWaits): Percentiles {
  const at = (share: number): number => lengthOf(answered[rankOf(share, answered.length)] as number);
  return answered.length === 0 ? {} : { p50: at(shares.p50), p90: at(shares.p90), p95: at(shares.p95) };
}

/**
 * Of all, by part: the smallest length by which the share that is answered reaches the percentile, as Kaplan and Meier estimate it; absent
 * where it never does. Whoever was not answered counts among those who wait until their own length, and not after.
 * `counts`: how many waits each part has. A row of answers with nobody else in between is one fraction, so that nothing is lost by multiplying many.
 */
export function estimatesByPart({ order, lengthOf }: SortedWaits, partition: Partition, counts: Int32Array): Percentiles[] {
  const { of } = partition;
  const estimate = new Estimates(counts);
  const isWhole = partition.isWhole === true;
  for (let at = 0; at < order.length; at += 1) {
    const entry = order[at] as number;
    const code = isWhole ? 0 : of[entry >>> 1] as number;
    const isAnswered = (entry & 1) === 1;
    if (code >= 0) {
      if (estimate.take(code, isAnswered)) estimate.reach(code, lengthOf(entry >>> 1));
    } else for (const part of severalParts(partition, code)) if (estimate.take(part, isAnswered)) estimate.reach(part, lengthOf(entry >>> 1));
  }
  return estimate.found;
}

/** Kaplan-Meier over many parts at once: each hears of its waits from the shortest on. */
class Estimates {
  readonly found: Percentiles[];
  /** By part: how many wait longer; how many did when the present row of answers began (0: there is none); the share that was not answered then. */
  private readonly left: Int32Array;
  private readonly atRisk: Int32Array;
  private readonly before: Float64Array;
  /** From so many left on it is worth asking whether the next percentile is reached; below zero: not any more. */
  private readonly askFrom: Int32Array;
  private readonly next: Uint8Array;

  constructor(counts: Int32Array) {
    this.found = Array.from(counts, () => ({}));
    this.left = counts.slice();
    this.atRisk = new Int32Array(counts.length);
    this.before = new Float64Array(counts.length).fill(1);
    this.askFrom = new Int32Array(counts.length).fill(-1);
    this.next = new Uint8Array(counts.length);
  }

  /** The next wait of this part. Gives back whether a percentile may be reached with it: then `reach` is to be called. */
  take(part: number, isAnswered: boolean): boolean {
    const left = this.left[part] as number;
    if (isAnswered !== (this.atRisk[part] as number) > 0) this.turn(part, isAnswered, left);
    this.left[part] = left - 1;
    return isAnswered && left <= (this.askFrom[part] as number);
  }

  /** Notes this length for every percentile that is reached now. */
  reach(part: number, length: number): void {
    const share = 1 - this.unanswered(part, this.left[part] as number);
    const mine = this.found[part] as Percentiles;
    let next = this.next[part] as number;
    for (let name = names[next]; name !== undefined && share >= (wanted[next] as number); name = names[next]) {
      mine[name] = length;
      next += 1;
    }
    this.next[part] = next;
    this.askFrom[part] = this.askedFrom(part);
  }

  /** A row of answers begins, or ends. */
  private turn(part: number, isAnswered: boolean, left: number): void {
    if (isAnswered) {
      this.atRisk[part] = left;
      this.askFrom[part] = this.askedFrom(part);
    } else {
      this.before[part] = this.unanswered(part, left);
      this.atRisk[part] = 0;
    }
  }

  /** Reckoned backwards from the share; some more, for fractions are not exact and this wait is still among those that are left. */
  private askedFrom(part: number): number {
    const next = this.next[part] as number;
    return next === names.length ? -1 : Math.trunc(((1 - (wanted[next] as number)) * (this.atRisk[part] as number)) / (this.before[part] as number)) + 2;
  }

  private unanswered(part: number, left: number): number {
    return (this.before[part] as number) * (left / (this.atRisk[part] as number));
  }
}
