import type { Millis } from '../model/common.js';
import type { Wait } from '../model/wait.js';
import { chooseTarget, type Held, rechooseTarget } from '../targets/choose-target.js';
import type { PersonClock, Talk } from './talk.js';

/**
 * How the fold chooses targets; without it, it leaves them out. `kept`: waits as they were kept, by id. What was chosen
 * for one of them stays chosen, as far as the wait opened at the same moment and has the same beginning: what targets,
 * calendars and the customer's tags say counts when it is chosen, and what they say later undoes nothing.
 */
export interface Aims {
  kept: ReadonlyMap<string, Wait>;
}

/** For facts as they come: everything is chosen now. */
export const aimsNow: Aims = { kept: new Map() };

/** The wait has begun, or its beginning has moved: its target is chosen. `at`: when that became known. */
export function aim(person: PersonClock, talk: Talk, wait: Wait, at: Millis): void {
  if (person.aims !== undefined) hold(wait, at, chooseTarget(person.rules, heldBy(person, talk, wait)));
}

/** Team, priority or rules have changed: it is chosen again, unless its deadline had passed by then. */
export function aimAgain(person: PersonClock, talk: Talk, wait: Wait, at: Millis): void {
  if (person.aims === undefined) return;
  recall(person, wait, at - 1);
  const target = rechooseTarget(person.rules, heldBy(person, talk, wait), { current: wait.target, at });
  if (target === wait.target) return;
  hold(wait, at, target);
  delete wait.breachedAt;
}

function hold(wait: Wait, at: Millis, target: Wait['target']): void {
  wait.aimed = { at, openedAt: wait.aimed?.openedAt ?? (wait.target === undefined ? at : wait.fromReceivedAt) };
  if (target === undefined) delete wait.target;
  else wait.target = target;
}

function heldBy(person: PersonClock, talk: Talk, wait: Wait): Held {
  return { kind: wait.kind, priority: talk.priority, from: wait.from, channelId: wait.channelId, customerTags: person.customerTags, ...(talk.teamId === undefined ? {} : { teamId: talk.teamId }) };
}

/** What had been chosen for this very wait up to `until`, and after what it is held against, takes its place. */
export function recall(person: Pick<PersonClock, 'aims'>, wait: Wait, until: Millis): void {
  const kept = person.aims?.kept.get(wait._id);
  const { aimed } = wait;
  if (kept?.target === undefined || aimed === undefined || kept.from !== wait.from || kept.kind !== wait.kind) return;
  // Kept before the moment was written down: whatever was chosen before it ended.
  const chosen = kept.aimed ?? { at: Math.min(aimed.at, kept.to ?? aimed.at), openedAt: aimed.openedAt };
  if (chosen.openedAt !== aimed.openedAt || chosen.at < aimed.at || chosen.at > until) return;
  wait.target = kept.target;
  wait.aimed = chosen;
}

/** By present knowledge, whatever was thought before: the deadline itself, where the wait had not ended by then. */
export function judgeBreach(wait: Wait, now: Millis): void {
  const { target, to } = wait;
  // Answered at the deadline is in time; whoever still waits then is not answered in time.
  const over = target !== undefined && (to === undefined ? target.dueAt <= now : target.dueAt < to);
  if (over) wait.breachedAt = target.dueAt;
  else delete wait.breachedAt;
  if (target !== undefined && target.warnAt > (to ?? now)) delete wait.warnedAt;
}
