import { differences, foldPerson, type Story, waitsOf } from '../../inbox/clock/recompute.js';
import type { TimeRules } from '../../inbox/hours/place.js';
import type { Wait } from '../../inbox/model/wait.js';
import type { Recomputed } from '../shapes.js';

export type Difference = Recomputed['different'][number];

/** What the facts say of these kept waits of one person otherwise than what is kept, field by field; empty for those that are equal. Pure. */
export function comparePerson(kept: readonly Wait[], stories: readonly Story[], given: { rules: TimeRules; customerTags: readonly string[] }): Difference[] {
  const person = foldPerson(stories, given);
  const facts = new Map([...person.talks.values()].flatMap(waitsOf).map((wait) => [wait._id, wait]));
  return kept.flatMap((wait) => compareWait(wait, facts.get(wait._id)));
}

/** Waits that the facts know and nobody kept. */
export function missingWaits(kept: readonly Wait[], stories: readonly Story[], given: { rules: TimeRules; customerTags: readonly string[] }): Difference[] {
  const known = new Set(kept.map((wait) => wait._id));
  const found = [...foldPerson(stories, given).talks.values()].flatMap(waitsOf);
  return found.filter((wait) => !known.has(wait._id)).map((wait) => ({ waitId: wait._id, conversationId: wait.conversationId, field: 'wait', kept: 'none', facts: wait.state }));
}

function compareWait(kept: Wait, facts: Wait | undefined): Difference[] {
  const about = { waitId: kept._id, conversationId: kept.conversationId };
  if (facts === undefined) return kept.void === true ? [] : [{ ...about, field: 'wait', kept: kept.state, facts: 'none' }];
  return differences(kept, facts).map((field) => ({ ...about, field, kept: shown(kept[field as keyof Wait]), facts: shown(facts[field as keyof Wait]) }));
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value).slice(0, 400);
}
