import { bitsFromBytes, type Bits } from './bitmap.js';
import { asBuffer, ByteReader, wholeOf, type Slice } from './bytes.js';
import { PageCursor, type Stored, type TermEntry } from './page.js';
import type { StoredDocs } from './postings.js';
import { directorySeq, idsSeq } from './writer.js';

/** Reads one blob of a segment. */
export type ReadBlob = (segment: number, seq: number) => Uint8Array | undefined;

export interface SegmentFacts {
  id: number;
  /** Number of documents, removed ones included. */
  size: number;
  /** Lowest and highest row number. */
  low: number;
  high: number;
}

/** A finished part of the index: some documents, ordered by row number, and the terms in them. Never changes but for `gone`. */
export class Segment implements SegmentFacts {
  readonly id: number;
  readonly size: number;
  readonly low: number;
  readonly high: number;
  /** Documents that were removed or replaced since. */
  gone: Bits | undefined;
  goneCount = 0;
  private numbers: Float64Array | undefined;
  private pages: { firsts: string[]; seqs: number[] } | undefined;

  constructor(
    facts: SegmentFacts,
    private readonly read: ReadBlob,
  ) {
    this.id = facts.id;
    this.size = facts.size;
    this.low = facts.low;
    this.high = facts.high;
  }

  get alive(): number {
    return this.size - this.goneCount;
  }

  /** Row numbers by ordinal. */
  get ids(): Float64Array {
    if (this.numbers) return this.numbers;
    const reader = new ByteReader(this.blob(idsSeq));
    const numbers = new Float64Array(this.size);
    for (let at = 0, last = 0; at < this.size; at += 1) numbers[at] = last += reader.varint();
    return (this.numbers = numbers);
  }

  /** The first ordinal whose row number is not below `id`; `size` when all are. */
  ordinalFrom(id: number): number {
    if (id <= this.low) return 0;
    if (id > this.high) return this.size;
    const { ids } = this;
    let [from, to] = [0, this.size];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((ids[middle] ?? 0) < id) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  find(term: string): TermEntry | undefined {
    const { firsts, seqs } = this.directory;
    const page = lastNotAfter(firsts, term);
    if (page < 0) return undefined;
    const cursor = new PageCursor(this.blob(seqs[page] ?? 0));
    return cursor.find(term) ? cursor.entry() : undefined;
  }

  /** All terms, in order. */
  *terms(): Generator<{ term: string; entry: TermEntry }> {
    for (const seq of this.directory.seqs) {
      const cursor = new PageCursor(this.blob(seq));
      while (cursor.next()) yield { term: cursor.term(), entry: cursor.entry() };
    }
  }

  /** Every term that begins so, without making strings of those that are known to. */
  *entriesWith(prefix: string): Generator<TermEntry> {
    const { firsts, seqs } = this.directory;
    for (let page = Math.max(0, lastNotAfter(firsts, prefix)); page < seqs.length; page += 1) {
      const cursor = new PageCursor(this.blob(seqs[page] ?? 0));
      let inside = false;
      while (cursor.next()) {
        if (inside && cursor.shared < prefix.length) return;
        if (!inside) {
          const term = cursor.term();
          inside = term.startsWith(prefix);
          if (!inside && term > prefix) return;
        }
        if (inside) yield cursor.entry();
      }
    }
  }

  sliceOf(stored: Stored): Slice {
    return 'seq' in stored ? wholeOf(this.blob(stored.seq)) : stored;
  }

  docsOf(entry: TermEntry): StoredDocs {
    const { bytes, from, to } = this.sliceOf(entry.docs);
    return { bytes, from, to, count: entry.count, bitmap: entry.bitmap };
  }

  setGone(bytes: Uint8Array, count: number): void {
    this.gone = bitsFromBytes(bytes, this.size);
    this.goneCount = count;
  }

  private get directory(): { firsts: string[]; seqs: number[] } {
    if (this.pages) return this.pages;
    const bytes = this.blob(directorySeq);
    const reader = new ByteReader(bytes);
    const firsts: string[] = [];
    const seqs: number[] = [];
    while (reader.at < bytes.length) {
      const length = reader.varint();
      firsts.push(bytes.toString('latin1', reader.at, reader.at + length));
      reader.at += length;
      seqs.push(reader.varint());
    }
    return (this.pages = { firsts, seqs });
  }

  private blob(seq: number): Buffer {
    return asBuffer(this.read(this.id, seq));
  }
}

function lastNotAfter(firsts: readonly string[], term: string): number {
  let [from, to] = [0, firsts.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((firsts[middle] ?? '') <= term) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
