import type { Core } from '../inbox/core.js';
import type { Timer } from '../inbox/model/outbox.js';
import { runDue } from '../inbox/targets/breach.js';
import { runFinalDue } from '../inbox/targets/final.js';
import { runRetarget } from '../inbox/targets/retarget-all.js';

export type TargetTimer = Timer & { kind: 'target' | 'final_target' | 'retarget' };

const perLook = 500;

/** Warnings, deadlines, and holding everything against changed targets. Leaves the timer to `finish`, unless it has moved on. */
export async function runTargetTimer(core: Core, timer: TargetTimer): Promise<void> {
  switch (timer.kind) {
    case 'target': await runDue(core, timer); break;
    case 'final_target': await runFinalDue(core, timer); break;
    case 'retarget': await runRetarget(core, timer); break;
  }
}

/**
 * At start, before anything comes in that could end a wait: deadlines that passed while nobody was there are written down,
 * in their order. Gives up after `budgetMs`; the sweeper goes on with the rest. Returns how many it ran.
 */
export async function recordMissedDeadlines(core: Core, budgetMs = 10_000): Promise<number> {
  const until = performance.now() + budgetMs;
  for (let ran = 0; ;) {
    const due = await dueTargets(core);
    for (const timer of due) {
      if (performance.now() > until || !await ranWell(core, timer)) return ran;
      ran += 1;
    }
    if (due.length === 0) return ran;
  }
}

async function dueTargets(core: Core): Promise<TargetTimer[]> {
  const found = await Promise.all((['target', 'final_target'] as const).map(async (kind) => (await core.store.now.timers.ofKind(kind, perLook)).map((timer) => ({ ...timer, kind }))));
  return found.flat().filter((timer) => timer.dueAt <= core.clock()).sort((a, b) => a.dueAt - b.dueAt).slice(0, perLook);
}

/** One that fails is left to the sweeper, with all that come after it. */
async function ranWell(core: Core, timer: TargetTimer): Promise<boolean> {
  try {
    await runTargetTimer(core, timer);
    await core.store.now.timers.finish(timer);
    return true;
  } catch (error) {
    core.log.error({ timerId: timer._id, err: error }, 'a deadline could not be written down at start; it will be tried again');
    return false;
  }
}
