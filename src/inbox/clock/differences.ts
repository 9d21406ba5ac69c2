import type { Ask, Wait } from '../model/wait.js';
import { asksUpTo } from './asks.js';

const compared = ['from', 'to', 'state', 'kind', 'answer', 'notNeeded', 'segments', 'businessMs', 'givenAt'] as const;

/** All that is read of a wait to compare it. */
export const comparedFields = [...compared, '_id', 'conversationId', 'void', 'asks', 'asksTo', 'firstSeq'] as const;
export type ComparedWait = Pick<Wait, (typeof comparedFields)[number]>;

/** The names of what the facts say otherwise than what is kept. What follows from no message (targets, tags, numbers) is not compared. */
export function differences(kept: ComparedWait, facts: ComparedWait): string[] {
  const odd: string[] = compared.filter((field) => !isSame(kept[field], facts[field]));
  if (!sameAsks(kept, facts)) odd.push('asks');
  if ((kept.void === true) !== (facts.void === true)) odd.push('void');
  return odd;
}

/** As far as they were written down with the wait. */
function sameAsks(kept: ComparedWait, facts: ComparedWait): boolean {
  if (facts.asks.length === 0) return kept.asks.length === 0;
  const upTo = asksUpTo(kept);
  const found = facts.asks.filter((ask: Ask) => ask.seq <= upTo);
  return isSame(found, kept.asks);
}

/** Equal as JSON: the order of fields says nothing, and one that is `undefined` is none. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, at) => isSame(each, b[at]));
  return count(a) === count(b) && everyField(a, (field, value) => Object.hasOwn(b, field) && isSame(value, b[field as keyof typeof b]));
}

function count(value: object): number {
  let fields = 0;
  everyField(value, () => {
    fields += 1;
    return true;
  });
  return fields;
}

function everyField(value: object, holds: (field: string, each: unknown) => boolean): boolean {
  for (const field in value) {
    const each: unknown = value[field as keyof typeof value];
    if (each !== undefined && !holds(field, each)) return false;
  }
  return true;
}
