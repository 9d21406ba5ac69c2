import type { Doc, IndexSpec } from '../driver.js';
import { isScalar } from '../filter.js';
import type { Term } from '../filter.js';

/**
 * The declared index that serves a sorted query in order: its fixed fields (by equality in the query, or by the index's
 * own `where`) come first, then the sort. Of several the one that holds most of the filter. `undefined` when there is
 * none; then SQLite decides. It has no statistics here, and alone it would at times sort a whole view to show a page.
 */
export function chooseIndex(indexes: readonly IndexSpec<Doc>[], terms: readonly Term[], sort: object | undefined): IndexSpec<Doc> | undefined {
  const order = Object.entries((sort ?? {}) as Record<string, 1 | -1>);
  const filter = factsOf(terms);
  if (order.length === 0 || filter.paths.has('_id')) return undefined;
  let best: { index: IndexSpec<Doc>; worth: number } | undefined;
  for (const index of indexes) {
    const fixed = fixedFields(index, filter, order);
    if (fixed === undefined) continue;
    // A condition on a field that the index holds costs no look at the row; that counts first.
    const worth = 100 * heldBy(index).filter((path) => filter.paths.has(path)).length + fixed;
    if (best === undefined || worth > best.worth) best = { index, worth };
  }
  return best?.index;
}

interface FilterFacts {
  paths: Set<string>;
  equal: Map<string, unknown>;
  present: Set<string>;
}

function factsOf(terms: readonly Term[]): FilterFacts {
  const facts: FilterFacts = { paths: new Set(), equal: new Map(), present: new Set() };
  for (const term of terms) {
    if (term.op === '$or') continue;
    facts.paths.add(term.path);
    if (term.op === '$eq') facts.equal.set(term.path, term.value);
    if (term.op === '$eq' || (term.op === '$exists' && term.value)) facts.present.add(term.path);
  }
  return facts;
}

/** How many fields the query fixes when it is read from this index in order; `undefined` when it cannot be. */
function fixedFields(index: IndexSpec<Doc>, filter: FilterFacts, order: readonly [string, 1 | -1][]): number | undefined {
  const where = Object.entries(index.where ?? {});
  const holds = where.every(([path, value]) => (isScalar(value) ? filter.equal.get(path) === value : filter.present.has(path)));
  if (!holds) return undefined;
  const keys = Object.entries(index.keys as Record<string, 1 | -1>);
  let start = 0;
  while (start < keys.length && filter.equal.has((keys[start] as [string, 1 | -1])[0])) start++;
  const rest = keys.slice(start, start + order.length);
  if (rest.length < order.length || rest.some(([path], i) => path !== order[i]?.[0])) return undefined;
  const turned = rest[0]?.[1] === order[0]?.[1] ? 1 : -1;
  return rest.every(([, direction], i) => direction * turned === order[i]?.[1]) ? start : undefined;
}

function heldBy(index: IndexSpec<Doc>): string[] {
  return [...new Set([...Object.keys(index.keys), ...Object.keys(index.where ?? {})])];
}
