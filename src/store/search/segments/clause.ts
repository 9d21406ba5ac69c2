import type { Pattern, TextClause } from '../query.js';
import { andInto, newBits, orInto, type Bits } from './bitmap.js';
import { toBinary } from './bytes.js';
import { standingInRow } from './places.js';
import { PrefixList } from './prefix-list.js';
import type { Segment } from './segment.js';
import { TermList, type DocList } from './term-list.js';

interface Looked {
  words: DocList[];
  asksPlaces: boolean;
}

/** A clause as one segment sees it: patterns of which a word is not there at all have fallen away. */
export class Clause {
  /** Some pattern asks where its words stand, not only whether they are there: what `has` says is more than it may be. */
  readonly asksPlaces: boolean;
  /** No more documents than this. */
  readonly most: number;
  private readonly patterns: Looked[];

  constructor(segment: Segment, clause: TextClause) {
    this.patterns = clause.map((pattern) => lookUp(segment, pattern)).filter((looked) => looked !== undefined);
    this.asksPlaces = this.patterns.some((looked) => looked.asksPlaces);
    this.most = this.patterns.reduce((sum, looked) => sum + rarest(looked).count, 0);
  }

  get isEmpty(): boolean {
    return this.patterns.length === 0;
  }

  /** The words of some pattern are in the document, wherever. */
  has(doc: number): boolean {
    return this.patterns.some((looked) => hasAll(looked, doc));
  }

  /** All documents for which `has` is true, ascending. */
  docs(): Uint32Array {
    const [first, ...others] = this.patterns.map((looked) => rarest(looked).all().filter((doc) => hasAll(looked, doc)));
    if (others.length === 0) return first ?? new Uint32Array();
    return Uint32Array.from(new Set([...(first ?? []), ...others.flatMap((docs) => [...docs])])).sort();
  }

  /** The same as bits, from `from` (a multiple of 32) on and below `to`. */
  bits(from: number, to: number): Bits {
    const bits = newBits(to - from);
    for (const { words } of this.patterns) {
      if (words.length === 1) words[0]?.addTo(bits, from, to);
      else orInto(bits, allOf(words, from, to));
    }
    return bits;
  }

  /** Of these documents, which ascend, those for which the clause holds. */
  keep(docs: Uint32Array): Uint32Array {
    if (!this.asksPlaces) return docs.filter((doc) => this.has(doc));
    const kept = new Set<number>();
    for (const looked of this.patterns) {
      const having = docs.filter((doc) => !kept.has(doc) && hasAll(looked, doc));
      for (const doc of looked.asksPlaces ? standingInRow(looked.words, having) : having) kept.add(doc);
    }
    return docs.filter((doc) => kept.has(doc));
  }
}

function hasAll({ words }: Looked, doc: number): boolean {
  return words.every((list) => list.has(doc));
}

function rarest({ words }: Looked): DocList {
  return words.reduce((least, list) => (list.count < least.count ? list : least));
}

function allOf(words: readonly DocList[], from: number, to: number): Bits {
  const [first, ...others] = words.map((list) => {
    const bits = newBits(to - from);
    list.addTo(bits, from, to);
    return bits;
  });
  const all = first ?? newBits(to - from);
  for (const other of others) andInto(all, other);
  return all;
}

function lookUp(segment: Segment, pattern: Pattern): Looked | undefined {
  const asksPlaces = pattern.exact || pattern.words.length > 1;
  const words: DocList[] = [];
  for (const [at, word] of pattern.words.entries()) {
    const list = listOf(segment, toBinary(word), pattern.prefix && at === pattern.words.length - 1, asksPlaces);
    if (list === undefined) return undefined;
    words.push(list);
  }
  return { words, asksPlaces };
}

function listOf(segment: Segment, term: string, prefix: boolean, asksPlaces: boolean): DocList | undefined {
  if (prefix) {
    const list = new PrefixList(segment, term, asksPlaces);
    return list.count === 0 ? undefined : list;
  }
  const entry = segment.find(term);
  return entry === undefined ? undefined : new TermList(segment, entry);
}
