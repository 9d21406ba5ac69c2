import type { Place, TimeRules } from '../hours/place.js';
import { afterOpenMs } from '../hours/open-time.js';
import type { Millis } from '../model/common.js';
import type { Priority } from '../model/conversation.js';
import type { Target } from '../model/target.js';
import type { DueTarget } from '../model/wait.js';

export interface Held extends Place {
  kind: Target['kind'];
  priority: Priority;
  from: Millis;
}

/** The target that counts here: of those that apply, the one with the earliest deadline. Of `final` there may be none. */
export function chooseTarget(rules: TimeRules, held: Held): DueTarget | undefined {
  if (held.kind === 'final') return undefined;
  const ms = rules.defaultMinutes * 60_000;
  const dueAt = afterOpenMs(rules.calendars, held, held.from, ms) ?? held.from + ms;
  return { id: 'default', name: 'Answer target', ms, hours: 'business', dueAt, warnAt: held.from + (dueAt - held.from) * 0.75, why: 'the target of the whole company' };
}
