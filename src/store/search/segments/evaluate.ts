import type { Plan } from '../plan.js';
import { andInto, hasBit, membersOf } from './bitmap.js';
import { Clause } from './clause.js';
import type { Segment } from './segment.js';
import { lowerBound } from './term-list.js';

/** With no more documents than this in one clause, those are looked at one by one; else all clauses as sets of bits. */
const fewDocuments = 2_048;
/** The newest documents are looked at first, then eight times as many, and so on: a page is often full by then. */
const firstWindow = 4_096;
const windowGrowth = 8;

/** Answers a plan for one segment: row numbers between `from` and `to` (both included), highest first, at most `limit`. */
export function searchSegment(segment: Segment, plan: Plan, range: { from: number; to: number; limit: number }, hidden: (id: number) => boolean): number[] {
  const [low, high] = [segment.ordinalFrom(range.from), segment.ordinalFrom(range.to + 1)];
  if (low >= high) return [];
  const all: Clause[] = [];
  for (const clause of plan.all) {
    const looked = new Clause(segment, clause);
    if (looked.isEmpty) return [];
    all.push(looked);
  }
  all.sort((a, b) => a.most - b.most);
  const none = plan.none.map((group) => group.map((clause) => new Clause(segment, clause))).filter((group) => group.every((clause) => !clause.isEmpty));
  const found: number[] = [];
  for (const docs of candidates(all, low, high)) {
    const kept = narrow(segment, docs, all, none);
    for (let at = kept.length - 1; at >= 0 && found.length < range.limit; at -= 1) {
      const id = segment.ids[kept[at] ?? 0] ?? 0;
      if (!hidden(id)) found.push(id);
    }
    if (found.length >= range.limit) break;
  }
  return found;
}

/** Documents that have the words of all clauses, in ascending portions, the one with the highest first. */
function* candidates(all: readonly Clause[], low: number, high: number): Generator<Uint32Array> {
  const [rarest, ...others] = all;
  if (rarest === undefined) return;
  if (rarest.most <= fewDocuments) {
    const docs = rarest.docs();
    yield docs.subarray(lowerBound(docs, low), lowerBound(docs, high)).filter((doc) => others.every((clause) => clause.has(doc)));
    return;
  }
  for (let top = high, size = firstWindow; top > low; size *= windowGrowth) {
    const bottom = Math.max(0, (top - size) & ~31);
    const bits = rarest.bits(bottom, top);
    for (const clause of others) andInto(bits, clause.bits(bottom, top));
    const docs = membersOf(bits, bottom);
    // Below: a window begins at a multiple of 32. Above: whole bytes are copied.
    yield docs.subarray(lowerBound(docs, low), lowerBound(docs, top));
    top = bottom;
  }
}

function narrow(segment: Segment, docs: Uint32Array, all: readonly Clause[], none: readonly (readonly Clause[])[]): Uint32Array {
  const { gone } = segment;
  let left = gone ? docs.filter((doc) => !hasBit(gone, doc)) : docs;
  for (const clause of all) if (clause.asksPlaces) left = clause.keep(left);
  for (const group of none) {
    let excluded = left;
    for (const clause of group) excluded = clause.keep(excluded);
    const out = new Set(excluded);
    if (out.size > 0) left = left.filter((doc) => !out.has(doc));
  }
  return left;
}
