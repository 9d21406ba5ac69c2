import { ByteReader, type ByteWriter, type Slice } from './bytes.js';

const isBitmap = 1;
const docsElsewhere = 2;
const hasPlaces = 4;
const placesElsewhere = 8;
const isSingle = 16;

/** Bytes that stand in the page itself, or in a blob of their own. */
export type Stored = Slice | { seq: number };

/** A term and where its documents and places are. */
export interface TermEntry {
  /** How many documents. */
  count: number;
  bitmap: boolean;
  docs: Stored;
  /** Absent where the term has a place in no document. */
  places?: Stored;
}

/** One term after the other, each with only what differs from the one before. */
export function writeEntry(out: ByteWriter, previous: string, term: string, entry: TermEntry): void {
  const shared = sharedLength(previous, term);
  const single = entry.count === 1 && 'bytes' in entry.docs && !entry.bitmap && (entry.places === undefined || 'bytes' in entry.places);
  out.varint(shared);
  out.varint(term.length - shared);
  out.binary(term, shared);
  out.byte((entry.bitmap ? isBitmap : 0) | ('seq' in entry.docs ? docsElsewhere : 0) | (entry.places ? hasPlaces : 0) | (entry.places && 'seq' in entry.places ? placesElsewhere : 0) | (single ? isSingle : 0));
  if (single && 'bytes' in entry.docs) out.copy(entry.docs);
  else {
    out.varint(entry.count);
    writeStored(out, entry.docs);
  }
  if (entry.places) writeStored(out, entry.places);
}

function writeStored(out: ByteWriter, stored: Stored): void {
  if ('seq' in stored) return out.varint(stored.seq);
  out.varint(stored.to - stored.from);
  out.copy(stored);
}

function sharedLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

/** Walks over the terms of a page. */
export class PageCursor {
  /** Of the entry that `next` has gone to. */
  shared = 0;
  suffixFrom = 0;
  suffixTo = 0;
  private readonly reader: ByteReader;
  private flags = 0;
  private count = 0;
  private docsFrom = 0;
  private docsTo = 0;
  private placesFrom = 0;
  private placesTo = 0;
  private current = '';

  constructor(private readonly page: Buffer) {
    this.reader = new ByteReader(page);
  }

  /** Goes to the next entry; false at the end. */
  next(): boolean {
    const { reader } = this;
    if (reader.at >= this.page.length) return false;
    this.shared = reader.varint();
    const length = reader.varint();
    this.suffixFrom = reader.at;
    this.suffixTo = reader.at += length;
    this.flags = this.page[reader.at++] ?? 0;
    this.readDocs();
    if ((this.flags & hasPlaces) === 0) return true;
    this.placesTo = reader.varint();
    this.placesFrom = reader.at;
    if ((this.flags & placesElsewhere) === 0) this.placesTo = reader.at += this.placesTo;
    return true;
  }

  /** The term of this entry; to be called for each one of a walk, or for none. */
  term(): string {
    this.current = this.current.slice(0, this.shared) + this.page.toString('latin1', this.suffixFrom, this.suffixTo);
    return this.current;
  }

  entry(): TermEntry {
    const docs = (this.flags & docsElsewhere) === 0 ? { bytes: this.page, from: this.docsFrom, to: this.docsTo } : { seq: this.docsTo };
    const entry: TermEntry = { count: this.count, bitmap: (this.flags & isBitmap) !== 0, docs };
    if ((this.flags & hasPlaces) !== 0) entry.places = (this.flags & placesElsewhere) === 0 ? { bytes: this.page, from: this.placesFrom, to: this.placesTo } : { seq: this.placesTo };
    return entry;
  }

  /** Goes to this term; false when the page does not have it. Compares bytes only where entries begin to differ. */
  find(term: string): boolean {
    let matched = 0;
    while (this.next()) {
      if (this.shared < matched) return false;
      if (this.shared > matched) continue;
      const length = this.shared + this.suffixTo - this.suffixFrom;
      while (matched < length && matched < term.length && this.page[this.suffixFrom + matched - this.shared] === term.charCodeAt(matched)) matched += 1;
      if (matched === term.length) return length === term.length;
      if (matched < length && (this.page[this.suffixFrom + matched - this.shared] ?? 0) > term.charCodeAt(matched)) return false;
    }
    return false;
  }

  private readDocs(): void {
    const { reader } = this;
    if ((this.flags & isSingle) !== 0) {
      this.count = 1;
      this.docsFrom = reader.at;
      reader.varint();
      this.docsTo = reader.at;
      return;
    }
    this.count = reader.varint();
    this.docsTo = reader.varint();
    this.docsFrom = reader.at;
    if ((this.flags & docsElsewhere) === 0) this.docsTo = reader.at += this.docsTo;
  }
}
