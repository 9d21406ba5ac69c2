import { hasBit, membersOf, newBits, type Bits } from './bitmap.js';
import type { TermEntry } from './page.js';
import type { Segment } from './segment.js';
import { TermList, type DocList } from './term-list.js';

/** The documents of all terms that begin alike. */
export class PrefixList implements DocList {
  readonly count: number;
  private readonly bits: Bits;
  private readonly entries: TermEntry[] = [];

  /** `withPlaces`: `eachPlaces` is going to be asked. */
  constructor(
    private readonly segment: Segment,
    prefix: string,
    withPlaces: boolean,
  ) {
    this.bits = newBits(segment.size);
    let count = 0;
    for (const entry of segment.entriesWith(prefix)) {
      count += entry.count;
      new TermList(segment, entry).addTo(this.bits, 0, segment.size);
      if (withPlaces) this.entries.push(entry);
    }
    this.count = count;
  }

  has(doc: number): boolean {
    return hasBit(this.bits, doc);
  }

  all(): Uint32Array {
    return membersOf(this.bits, 0);
  }

  addTo(window: Bits, from: number, to: number): void {
    const last = Math.min(window.length, ((to + 31) >>> 5) - (from >>> 5));
    for (let at = 0; at < last; at += 1) window[at] = (window[at] ?? 0) | (this.bits[(from >>> 5) + at] ?? 0);
  }

  eachPlaces(docs: Uint32Array, visit: (at: number, places: number[]) => void): void {
    for (const entry of this.entries) new TermList(this.segment, entry).eachPlaces(docs, visit);
  }
}
