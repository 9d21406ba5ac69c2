import { setBit, type Bits } from './bitmap.js';
import { ByteReader, type Slice } from './bytes.js';
import type { TermEntry } from './page.js';
import { blocksOf, decodeDocs, readRecord, recordsPerBlock, skipRecord, type StoredDocs } from './postings.js';
import type { Segment } from './segment.js';

const bitsInByte = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) count += 1;
  return count;
});

/** Documents of one segment that have a word, or a word that begins so. */
export interface DocList {
  /** How many; for a beginning no fewer than there are. */
  readonly count: number;
  has(doc: number): boolean;
  /** Every document, ascending. */
  all(): Uint32Array;
  /** Adds its documents from `from` on and below `to` to a window of bits that begins at `from`, a multiple of 32. */
  addTo(window: Bits, from: number, to: number): void;
  /** Tells the places of the word in those of these documents, which have to ascend, that have it; perhaps in several parts. */
  eachPlaces(docs: Uint32Array, visit: (at: number, places: number[]) => void): void;
}

/** The documents of one term; reads of them only what is asked for. */
export class TermList implements DocList {
  readonly count: number;
  private stored: StoredDocs | undefined;
  private docs: Uint32Array | undefined;

  constructor(
    private readonly segment: Segment,
    private readonly entry: TermEntry,
  ) {
    this.count = entry.count;
  }

  has(doc: number): boolean {
    const { bytes, from, bitmap } = this.read();
    if (bitmap) return ((bytes[from + (doc >>> 3)] ?? 0) & (1 << (doc & 7))) !== 0;
    const docs = this.all();
    return docs[lowerBound(docs, doc)] === doc;
  }

  all(): Uint32Array {
    return (this.docs ??= decodeDocs(this.read()));
  }

  addTo(window: Bits, from: number, to: number): void {
    const stored = this.read();
    if (!stored.bitmap) {
      const docs = this.all();
      for (let at = lowerBound(docs, from); at < docs.length && (docs[at] ?? to) < to; at += 1) setBit(window, (docs[at] ?? 0) - from);
      return;
    }
    const view = new Uint8Array(window.buffer);
    const first = stored.from + (from >>> 3);
    const length = Math.min(view.length, stored.to - first);
    for (let at = 0; at < length; at += 1) view[at] = (view[at] ?? 0) | (stored.bytes[first + at] ?? 0);
  }

  eachPlaces(docs: Uint32Array, visit: (at: number, places: number[]) => void): void {
    if (!this.entry.places) return;
    const records = new Records(this.segment.sliceOf(this.entry.places), this.count);
    const tell = (at: number, number: number): void => {
      const places = records.at(number);
      if (places.length > 0) visit(at, places);
    };
    if (this.count < docs.length) {
      this.all().forEach((doc, number) => {
        const at = lowerBound(docs, doc);
        if (docs[at] === doc) tell(at, number);
      });
      return;
    }
    const rank = this.ranks();
    docs.forEach((doc, at) => {
      if (this.has(doc)) tell(at, rank(doc));
    });
  }

  /** Says how many documents stand before one in the list; to be asked in ascending order. */
  private ranks(): (doc: number) => number {
    const { bytes, from, bitmap } = this.read();
    if (!bitmap) return (doc) => lowerBound(this.all(), doc);
    let byte = 0;
    let before = 0;
    return (doc) => {
      for (; byte < doc >>> 3; byte += 1) before += bitsInByte[bytes[from + byte] ?? 0] ?? 0;
      return before + (bitsInByte[(bytes[from + byte] ?? 0) & ((1 << (doc & 7)) - 1)] ?? 0);
    };
  }

  private read(): StoredDocs {
    return (this.stored ??= this.segment.docsOf(this.entry));
  }
}

/** The place records of a list, by their number in it. */
class Records {
  private readonly blocks: number[];
  private readonly reader: ByteReader;
  private next = 0;

  constructor(stored: Slice, count: number) {
    this.blocks = blocksOf(stored, count);
    this.reader = new ByteReader(stored.bytes, this.blocks[0]);
  }

  at(number: number): number[] {
    const block = Math.floor(number / recordsPerBlock);
    if (number < this.next || block > Math.floor(this.next / recordsPerBlock)) {
      this.next = block * recordsPerBlock;
      this.reader.at = this.blocks[block] ?? 0;
    }
    for (; this.next < number; this.next += 1) skipRecord(this.reader);
    this.next += 1;
    return readRecord(this.reader);
  }
}

/** The first index whose document is not below `doc`. */
export function lowerBound(docs: Uint32Array, doc: number): number {
  let from = 0;
  let to = docs.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((docs[middle] ?? 0) < doc) from = middle + 1;
    else to = middle;
  }
  return from;
}
