import { DiscordRefusal } from './api.js';

const patienceMs = 120_000;
const stepMs = 200;

/**
 * Asks again when it was too often, as late as Discord says, for two minutes in all; for reading, where nobody else asks
 * again. Waits in steps, so that who wants to stop is not kept.
 */
export async function patiently<T>(isStopped: () => boolean, ask: () => Promise<T>): Promise<T> {
  for (let waited = 0; ;) {
    try {
      return await ask();
    } catch (error) {
      const pause = error instanceof DiscordRefusal && error.status === 429 ? Math.max(50, error.retryAfterMs ?? 1_000) : undefined;
      if (pause === undefined || waited + pause > patienceMs) throw error;
      waited += pause;
      for (let left = pause; left > 0 && !isStopped(); left -= stepMs) await new Promise((resolve) => setTimeout(resolve, Math.min(stepMs, left)));
      if (isStopped()) throw error;
    }
  }
}
