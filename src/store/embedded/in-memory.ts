import type { Term } from '../filter.js';
import { isScalar } from '../filter.js';

/**
 * Whether a document fulfils the terms; `undefined` where only SQL may say (lists, paths into objects, the order of
 * strings). For guards on a document that is in memory already.
 */
export function fulfils(doc: object, terms: readonly Term[]): boolean | undefined {
  let all = true;
  for (const term of terms) {
    const one = fulfilsOne(doc as Record<string, unknown>, term);
    if (one === undefined) return undefined;
    all &&= one;
  }
  return all;
}

function fulfilsOne(doc: Record<string, unknown>, term: Term): boolean | undefined {
  if (term.op === '$or' || term.path.includes('.')) return undefined;
  const value = Object.hasOwn(doc, term.path) ? doc[term.path] : undefined;
  if (term.op === '$exists') return (value !== undefined) === term.value;
  if (value !== undefined && !isScalar(value)) return undefined;
  switch (term.op) {
    case '$eq': return value === term.value;
    case '$ne': return value !== term.value;
    case '$in': return value !== undefined && term.values.includes(value);
    case '$nin': return value === undefined || !term.values.includes(value);
    default: return isOrdered(value, term.op, term.value);
  }
}

function isOrdered(value: unknown, op: '$gt' | '$gte' | '$lt' | '$lte', limit: unknown): boolean | undefined {
  if (typeof limit !== 'number') return undefined;
  if (typeof value !== 'number') return false;
  switch (op) {
    case '$gt': return value > limit;
    case '$gte': return value >= limit;
    case '$lt': return value < limit;
    case '$lte': return value <= limit;
  }
}
