import type { Millis } from '../model/common.js';
import type { Wait } from '../model/wait.js';
import { chooseTarget, rechooseTarget } from '../targets/choose-target.js';
import type { PersonClock, Talk } from './talk.js';

/** Holds the wait against the target that counts now. `since`: it had one before, whose breach stands. */
export function aim(person: Pick<PersonClock, 'rules' | 'customerTags'>, talk: Pick<Talk, 'priority' | 'teamId'>, wait: Wait, since?: Millis): void {
  wait.priority = talk.priority;
  const held = { kind: wait.kind, priority: talk.priority, from: wait.from, channelId: wait.channelId, customerTags: person.customerTags, ...(talk.teamId === undefined ? {} : { teamId: talk.teamId }) };
  const target = since === undefined ? chooseTarget(person.rules, held) : rechooseTarget(person.rules, held, { current: wait.target, at: since });
  if (target === undefined) delete wait.target;
  else wait.target = target;
}

/** By present knowledge, whatever was thought before: the deadline itself, where the wait had not ended by then. */
export function judgeBreach(wait: Wait, now: Millis): void {
  const { target, to = now } = wait;
  if (target !== undefined && target.dueAt < to) wait.breachedAt = target.dueAt;
  else delete wait.breachedAt;
  if (target !== undefined && target.warnAt > to) delete wait.warnedAt;
}
