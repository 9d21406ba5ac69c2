import type { Millis } from '../../../inbox/model/common.js';
import type { Timing } from '../limits.js';

const attemptWindowMs = 600_000;
const identifyWindowMs = 3_600_000;

/** How long to wait before connecting: nothing the first time, then doubling with each attempt of the last ten minutes. */
export function attemptPause(attempts: readonly Millis[], now: Millis, timing: Timing): number {
  const lately = attempts.filter((at) => now - at < attemptWindowMs).length;
  return lately === 0 ? 0 : Math.min(timing.attemptMaxMs, timing.attemptMs * 2 ** Math.min(lately - 1, 20));
}

/** How long until the next IDENTIFY, counted from the last: doubling with each of the last hour, so that a day never sees 1,000. */
export function identifyPause(identifies: readonly Millis[], now: Millis, timing: Timing): number {
  const lately = identifies.filter((at) => now - at < identifyWindowMs && at <= now);
  const last = lately.at(-1);
  if (last === undefined) return 0;
  return Math.max(0, last + Math.min(timing.identifyMaxMs, timing.identifyMs * 2 ** Math.min(lately.length - 1, 20)) - now);
}
