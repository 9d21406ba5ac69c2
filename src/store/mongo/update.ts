import type { Step } from '../update.js';

/** Checked steps as MongoDB's update. `undefined` when nothing is left to do. */
export function mongoUpdate(steps: readonly Step[]): Record<string, Record<string, unknown>> | undefined {
  const update: Record<string, Record<string, unknown>> = {};
  for (const step of steps) {
    if (step.op === '$setOnInsert') continue;
    (update[step.op] ??= {})[step.path] = valueOf(step);
  }
  return Object.keys(update).length === 0 ? undefined : update;
}

function valueOf(step: Step): unknown {
  if (step.op === '$unset') return '';
  // An object with `$each` in it would be a modifier; wrapped it is only a value.
  if (step.op === '$push' || step.op === '$addToSet') return { $each: [step.value] };
  if (step.op === '$pull') return { $eq: step.value };
  return step.value;
}
