import type { TargetDesk } from '../http/deps.js';
import type { Core } from '../inbox/core.js';
import { retargetAll } from '../inbox/targets/retarget-all.js';
import type { Collections } from '../inbox/stores.js';
import type { TimeBook } from './time-rules.js';

/**
 * A change of what times are reckoned by: written together with the job that holds everything that is open against it,
 * then in force. Also after a crash in between, since the rules are read anew at start.
 */
export async function changeTimes<R>(core: Pick<Core, 'clock' | 'store'>, times: Pick<TimeBook, 'reload'>, task: (c: Collections) => Promise<R>): Promise<R> {
  const result = await core.store.work(async (c) => {
    const done = await task(c);
    await retargetAll(core, c);
    return done;
  });
  await times.reload();
  return result;
}

/** Response-time targets for the web side. */
export function createTargetDesk(core: Pick<Core, 'clock' | 'store'>, times: Pick<TimeBook, 'reload'>): TargetDesk {
  return {
    list: () => core.store.now.targets.all(),
    insert: async (target) => {
      await changeTimes(core, times, (c) => c.targets.insert(target));
    },
    change: (id, change) => changeTimes(core, times, (c) => c.targets.change(id, { set: change })),
    remove: (id) => changeTimes(core, times, (c) => c.targets.remove(id)),
  };
}
