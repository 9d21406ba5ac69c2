import { messageOf } from '../../errors.js';
import type { HttpDeps } from '../deps.js';
import { sessionIdleMs, sessionLongestMs } from './sign-in.js';

const everyMs = 3_600_000;

/** Removes sessions that have ended by themselves, every hour. They opened nothing any more; this is tidiness. */
export function sweepSessions(deps: Pick<HttpDeps, 'people' | 'clock' | 'log'>): { close(): void } {
  const sweep = async () => {
    try {
      const now = deps.clock();
      await deps.people.deleteStaleSessions({ lastUsedAt: now - sessionIdleMs, createdAt: now - sessionLongestMs });
    } catch (error) {
      deps.log.warn({ error: messageOf(error) }, 'old sessions were not removed');
    }
  };
  const timer = setInterval(() => void sweep(), everyMs).unref();
  return { close: () => clearInterval(timer) };
}
