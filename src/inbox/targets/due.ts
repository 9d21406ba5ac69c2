import type { Work } from '../core.js';
import type { Millis } from '../model/common.js';
import type { Wait } from '../model/wait.js';

/**
 * Sets the wait's timer to what comes next: the warning, then the deadline. One row a wait, so that an ask costs one
 * write more and not two. Call it when a wait opens, is given another target, or runs on after all; in its lane.
 */
export async function setDue(work: Pick<Work, 'c'>, wait: Wait): Promise<void> {
  const next = nextStop(wait);
  if (next === undefined) await clearDue(work, wait._id);
  else await work.c.timers.set({ _id: `due:${wait._id}`, kind: 'target', ref: wait._id, dueAt: next });
}

/** The wait has ended, or turned out to be none. */
export async function clearDue(work: Pick<Work, 'c'>, waitId: string): Promise<void> {
  await work.c.timers.clear(`due:${waitId}`);
}

/** The next moment at which something has to be written; `undefined` when there is none any more. */
function nextStop(wait: Wait): Millis | undefined {
  const { target } = wait;
  if (wait.state !== 'open' || wait.void === true || wait.imported === true || target === undefined || wait.breachedAt !== undefined) return undefined;
  return wait.warnedAt === undefined && target.warnAt < target.dueAt ? target.warnAt : target.dueAt;
}
