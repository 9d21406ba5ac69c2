import type { Percentiles } from '../shapes.js';

export const shares = { p50: 0.5, p90: 0.9, p95: 0.95 } as const;
const names = ['p50', 'p90', 'p95'] as const;
/** Far below the step between two shares of a few million rows, far above what adding up fractions loses. */
const tiny = 1e-9;

/** Nearest rank: the smallest value such that at least that share is not longer. `sorted` grows. */
export function nearestRanks(sorted: Float64Array): Percentiles {
  const found: Percentiles = {};
  if (sorted.length === 0) return found;
  for (const name of names) found[name] = nearestRank(sorted, shares[name]);
  return found;
}

export function nearestRank(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length - tiny) - 1)] ?? 0;
}

/**
 * The estimated share that is answered after each length, in growing order (Kaplan-Meier). Whoever was not answered counts among
 * those who wait until their own length, and not after. `step` is called at each answer, in order, with its length and the share so far
 * (of answers at one length only the last share is the estimate), until it gives back `false`.
 */
export function estimateAnswered(waits: { lengths: Float64Array; answered: Uint8Array }, step: (length: number, share: number) => boolean): void {
  const { lengths, answered } = waits;
  const count = lengths.length;
  let unanswered = 1;
  for (let at = 0; at < count;) {
    if (answered[at] !== 1) {
      at += 1;
      continue;
    }
    // A row of answers with nobody else in between is one fraction, so that nothing is lost by multiplying many.
    const atRisk = count - at;
    const before = unanswered;
    for (; at < count && answered[at] === 1; at += 1) {
      unanswered = before * ((count - at - 1) / atRisk);
      if (!step(lengths[at] as number, 1 - unanswered)) return;
    }
  }
}

/** The smallest length by which the estimated share is answered; absent where that is never reached. */
export function estimatedPercentiles(waits: { lengths: Float64Array; answered: Uint8Array }): Percentiles {
  const found: Percentiles = {};
  let next = 0;
  estimateAnswered(waits, (length, share) => {
    for (let name = names[next]; name !== undefined && share >= shares[name] - tiny; name = names[next]) {
      found[name] = length;
      next += 1;
    }
    return next < names.length;
  });
  return found;
}
