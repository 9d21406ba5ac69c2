import type { Plan } from '../plan.js';
import type { Pattern, TextClause } from '../query.js';
import { andInto, bitsFromBytes, highestBelow, isEmpty, newBits, orInto, rangeBits, takeAway, type Bits } from './bitmap.js';
import { toBinary } from './bytes.js';
import type { TermEntry } from './page.js';
import { addPlaced } from './places.js';
import { addDocs } from './postings.js';
import type { Segment } from './segment.js';

/** Where a page can be filled from the newest documents, places need not be looked at in all others. */
const firstWindow = 4_096;
const windowGrowth = 8;

/** Answers a plan for one segment: row numbers between `from` and `to` (both included), highest first, at most `limit`. */
export function searchSegment(segment: Segment, plan: Plan, range: { from: number; to: number; limit: number }, hidden: (id: number) => boolean): number[] {
  const [low, high] = [segment.ordinalFrom(range.from), segment.ordinalFrom(range.to + 1)];
  if (low >= high) return [];
  const all = plan.all.map((clause) => new Clause(segment, clause));
  if (all.some((clause) => clause.empty)) return [];
  const candidates = rangeBits(segment.size, low, high);
  for (const clause of all) andInto(candidates, clause.roughBits());
  if (segment.gone) takeAway(candidates, segment.gone);
  const exact = all.filter((clause) => clause.needsPlaces);
  const none = plan.none.map((group) => group.map((clause) => new Clause(segment, clause))).filter((group) => group.every((clause) => !clause.empty));
  const found: number[] = [];
  const looked = exact.length > 0 || none.some((group) => group.some((clause) => clause.needsPlaces));
  for (let top = high, size = looked ? firstWindow : high; top > low && found.length < range.limit; size *= windowGrowth) {
    const bottom = Math.max(low, top - size);
    const window = bottom === low && top === high ? candidates : within(candidates, segment.size, bottom, top);
    if (!isEmpty(window)) narrow(window, exact, none);
    collect(segment, window, { bottom, top }, found, range.limit, hidden);
    top = bottom;
  }
  return found;
}

function within(bits: Bits, size: number, from: number, to: number): Bits {
  const window = rangeBits(size, from, to);
  andInto(window, bits);
  return window;
}

function narrow(window: Bits, exact: readonly Clause[], none: readonly (readonly Clause[])[]): void {
  for (const clause of exact) andInto(window, clause.exactBits(window));
  for (const group of none) {
    const excluded = window.slice();
    for (const clause of group) andInto(excluded, clause.exactBits(excluded));
    takeAway(window, excluded);
  }
}

function collect(segment: Segment, window: Bits, { bottom, top }: { bottom: number; top: number }, found: number[], limit: number, hidden: (id: number) => boolean): void {
  for (let doc = highestBelow(window, top); doc >= bottom && found.length < limit; doc = highestBelow(window, doc)) {
    const id = segment.ids[doc] ?? 0;
    if (!hidden(id)) found.push(id);
  }
}

/** Terms of one pattern, by the place in it: one each, but several where the last is only the beginning of a word. */
interface Looked {
  pattern: Pattern;
  terms: TermEntry[][];
  /** Documents that have all of them, once they have been looked up. */
  rough?: Bits;
}

/** A clause as one segment sees it: patterns of which a word is not there at all have fallen away. */
class Clause {
  readonly empty: boolean;
  /** Some pattern asks where its words stand, not only whether they are there. */
  readonly needsPlaces: boolean;
  private readonly patterns: Looked[];

  constructor(
    private readonly segment: Segment,
    clause: TextClause,
  ) {
    this.patterns = clause.map((pattern) => ({ pattern, terms: lookUp(segment, pattern) })).filter(({ terms }) => terms.every((entries) => entries.length > 0));
    this.empty = this.patterns.length === 0;
    this.needsPlaces = this.patterns.some(({ pattern }) => asksPlaces(pattern));
  }

  /** Documents that have the words of a pattern, wherever. */
  roughBits(): Bits {
    return this.union((looked) => this.having(looked));
  }

  /** Those of `window` for which the clause holds. */
  exactBits(window: Bits): Bits {
    return this.union((looked) => {
      const bits = this.having(looked);
      andInto(bits, window);
      if (!asksPlaces(looked.pattern) || isEmpty(bits)) return bits;
      const placed = newBits(this.segment.size);
      addPlaced(this.segment, looked.terms, bits, placed);
      return placed;
    });
  }

  /** A copy: it may be changed. */
  private having(looked: Looked): Bits {
    if (looked.rough) return looked.rough.slice();
    const [first, ...others] = looked.terms.map((entries) => this.anyOf(entries));
    const bits = first ?? newBits(this.segment.size);
    for (const other of others) andInto(bits, other);
    looked.rough = bits;
    return bits.slice();
  }

  private anyOf(entries: readonly TermEntry[]): Bits {
    const [first] = entries;
    if (entries.length === 1 && first?.bitmap === true) return bitsOfDocs(this.segment, first);
    const bits = newBits(this.segment.size);
    for (const entry of entries) {
      if (entry.bitmap) orInto(bits, bitsOfDocs(this.segment, entry));
      else addDocs(bits, this.segment.docsOf(entry));
    }
    return bits;
  }

  private union(bitsOf: (looked: Looked) => Bits): Bits {
    const [first, ...others] = this.patterns;
    const bits = first ? bitsOf(first) : newBits(this.segment.size);
    for (const other of others) orInto(bits, bitsOf(other));
    return bits;
  }
}

function bitsOfDocs(segment: Segment, entry: TermEntry): Bits {
  const { bytes, from, to } = segment.docsOf(entry);
  return bitsFromBytes(bytes.subarray(from, to), segment.size);
}

function asksPlaces(pattern: Pattern): boolean {
  return pattern.exact || pattern.words.length > 1;
}

function lookUp(segment: Segment, pattern: Pattern): TermEntry[][] {
  return pattern.words.map((word, at) => {
    const term = toBinary(word);
    if (pattern.prefix && at === pattern.words.length - 1) return beginningWith(segment, term);
    const entry = segment.find(term);
    return entry === undefined ? [] : [entry];
  });
}

function beginningWith(segment: Segment, prefix: string): TermEntry[] {
  const entries: TermEntry[] = [];
  for (const { term, entry } of segment.termsFrom(prefix)) {
    if (!term.startsWith(prefix)) break;
    entries.push(entry);
  }
  return entries;
}
