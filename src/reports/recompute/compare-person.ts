import { type ComparedWait, differences } from '../../inbox/clock/differences.js';
import type { Said } from '../../inbox/clock/facts.js';
import { foldPerson, waitsOf } from '../../inbox/clock/recompute.js';
import type { FreshRow } from '../../inbox/clock/talk.js';
import type { TimeRules } from '../../inbox/hours/place.js';
import type { Wait } from '../../inbox/model/wait.js';
import type { Recomputed } from '../shapes.js';

export type Difference = Recomputed['different'][number];

/** A conversation with what was said in it, oldest first: as much of both as the clocks read. */
export interface Told {
  row: FreshRow;
  messages: readonly Said[];
}

/**
 * What the facts say of these kept waits of one person otherwise than what is kept, field by field; empty for those that are equal.
 * `all`: these are all that is kept, so that a wait which nobody kept is a difference too. Pure.
 */
export function comparePerson(kept: readonly ComparedWait[], stories: readonly Told[], given: { rules: TimeRules; customerTags: readonly string[]; all?: boolean }): Difference[] {
  const facts = new Map<string, Wait>();
  for (const talk of foldPerson(stories, given).talks.values()) for (const wait of waitsOf(talk)) facts.set(wait._id, wait);
  const different: Difference[] = [];
  for (const wait of kept) {
    compareWait(wait, facts.get(wait._id), different);
    facts.delete(wait._id);
  }
  if (given.all === true) for (const wait of facts.values()) different.push({ waitId: wait._id, conversationId: wait.conversationId, field: 'wait', kept: 'none', facts: wait.state });
  return different;
}

function compareWait(kept: ComparedWait, facts: Wait | undefined, different: Difference[]): void {
  const about = { waitId: kept._id, conversationId: kept.conversationId };
  if (facts === undefined) {
    if (kept.void !== true) different.push({ ...about, field: 'wait', kept: kept.state, facts: 'none' });
    return;
  }
  for (const field of differences(kept, facts)) different.push({ ...about, field, kept: shown(kept[field as keyof ComparedWait]), facts: shown(facts[field as keyof ComparedWait]) });
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value).slice(0, 400);
}
