import type { IndexedEntry } from '../match.js';
import { ByteWriter, toBinary } from './bytes.js';
import { writePlace } from './postings.js';
import { SegmentWriter, type SegmentBlob } from './writer.js';

/** For a document that a term is in without a place. */
const noPlace = 0xffffffff;

/** Makes a segment of entries; they have to be in the order of `ids`, which ascend. */
export function buildSegment(ids: Float64Array, entries: readonly IndexedEntry[]): SegmentBlob[] {
  const occurrences = collect(entries);
  const writer = new SegmentWriter(entries.length);
  const groups = occurrences.byTerm();
  const lists = new Lists(occurrences);
  for (const { term, from, to } of groups) {
    lists.read(from, to);
    writer.add(term, lists.docs, lists.count, lists.placed ? lists.records.written() : undefined);
  }
  return writer.finish(ids);
}

function collect(entries: readonly IndexedEntry[]): Occurrences {
  const occurrences = new Occurrences(entries.reduce((sum, entry) => sum + entry.words.length + entry.extras.length, 0));
  entries.forEach(({ words, extras }, doc) => {
    for (let place = 0; place < words.length; place += 1) occurrences.add(words[place] ?? '', doc, place);
    for (const extra of extras) occurrences.add(extra, doc, noPlace);
  });
  return occurrences;
}

/** Every term of every document, in flat arrays: lists of their own for some thousand terms would be most of the cost. */
class Occurrences {
  readonly docs: Uint32Array;
  readonly places: Uint32Array;
  /** Positions in the arrays, grouped by term, in the order of adding. */
  readonly order: Uint32Array;
  private readonly terms: Uint32Array;
  private readonly numbers = new Map<string, number>();
  private count = 0;

  constructor(size: number) {
    this.docs = new Uint32Array(size);
    this.places = new Uint32Array(size);
    this.terms = new Uint32Array(size);
    this.order = new Uint32Array(size);
  }

  add(term: string, doc: number, place: number): void {
    let number = this.numbers.get(term);
    if (number === undefined) this.numbers.set(term, (number = this.numbers.size));
    this.terms[this.count] = number;
    this.docs[this.count] = doc;
    this.places[this.count] = place;
    this.count += 1;
  }

  /** Terms in their order, each with its part of `order`. */
  byTerm(): { term: string; from: number; to: number }[] {
    const ends = new Uint32Array(this.numbers.size + 1);
    for (let at = 0; at < this.count; at += 1) ends[(this.terms[at] ?? 0) + 1] = (ends[(this.terms[at] ?? 0) + 1] ?? 0) + 1;
    for (let term = 1; term < ends.length; term += 1) ends[term] = (ends[term] ?? 0) + (ends[term - 1] ?? 0);
    const next = ends.slice();
    for (let at = 0; at < this.count; at += 1) {
      const term = this.terms[at] ?? 0;
      this.order[next[term] ?? 0] = at;
      next[term] = (next[term] ?? 0) + 1;
    }
    const groups = [...this.numbers].map(([term, number]) => ({ term: toBinary(term), from: ends[number] ?? 0, to: ends[number + 1] ?? 0 }));
    return groups.sort((a, b) => (a.term < b.term ? -1 : 1));
  }
}

/** Documents and place records of one term after the other. */
class Lists {
  readonly docs: number[] = [];
  readonly records = new ByteWriter();
  count = 0;
  placed = false;

  constructor(private readonly from: Occurrences) {}

  read(begin: number, end: number): void {
    this.records.clear();
    this.count = 0;
    this.placed = false;
    for (let at = begin; at < end; ) at = this.readDocument(at, end);
  }

  /** A document has first the places of the term, then perhaps once more the term without a place. */
  private readDocument(begin: number, end: number): number {
    const { docs, places, order } = this.from;
    const doc = docs[order[begin] ?? 0] ?? 0;
    let at = begin;
    let last = -1;
    while (at < end && docs[order[at] ?? 0] === doc) {
      const place = places[order[at] ?? 0] ?? noPlace;
      at += 1;
      if (place === noPlace) continue;
      const next = at < end ? (order[at] ?? 0) : -1;
      writePlace(this.records, place - last, next >= 0 && docs[next] === doc && places[next] !== noPlace);
      last = place;
      this.placed = true;
    }
    if (last === -1) this.records.byte(0);
    this.docs[this.count++] = doc;
    return at;
  }
}
