import { ByteWriter, type Slice } from './bytes.js';
import { writeEntry, type Stored, type TermEntry } from './page.js';
import { encodeDocs, writeRecords } from './postings.js';

/** So that a row with it fills a page of SQLite (4 KB) and no more. */
const pageBytes = 3_900;
/** Longer lists stand in blobs of their own, so that a page holds many terms. */
const longestInline = 900;

export const idsSeq = 0;
export const directorySeq = 1;
const firstSeq = 2;

/** One blob of a segment, by its number in it. */
export interface SegmentBlob {
  seq: number;
  data: Buffer;
}

/** Writes a segment's terms, which have to come in order, into pages. */
export class SegmentWriter {
  private readonly page = new ByteWriter();
  private readonly docs = new ByteWriter();
  private readonly places = new ByteWriter();
  private readonly directory = new ByteWriter();
  private blobs: SegmentBlob[] = [];
  private nextSeq = firstSeq;
  private pages = 0;
  private last = '';

  /** `size`: number of documents. */
  constructor(private readonly size: number) {}

  /** How many blobs wait to be fetched. */
  get waiting(): number {
    return this.blobs.length;
  }

  /** `places`: the records of these documents, in a row; absent where the term has no place in any of them. */
  add(term: string, docs: ArrayLike<number>, count: number, places: Slice | undefined): void {
    this.docs.clear();
    const bitmap = encodeDocs(docs, count, this.size, this.docs);
    const entry: TermEntry = { count, bitmap, docs: this.store(this.docs.written()) };
    if (places) {
      this.places.clear();
      writeRecords(this.places, places, count);
      entry.places = this.store(this.places.written());
    }
    if (this.page.length === 0) this.begin(term);
    writeEntry(this.page, this.last, term, entry);
    this.last = term;
    if (this.page.length >= pageBytes) this.endPage();
  }

  /** The blobs made since the last call. */
  take(): SegmentBlob[] {
    const taken = this.blobs;
    this.blobs = [];
    return taken;
  }

  /** The last blobs: what is left, the numbers of the documents, and where pages begin. */
  finish(ids: Float64Array): SegmentBlob[] {
    if (this.page.length > 0) this.endPage();
    const numbers = new ByteWriter();
    ids.forEach((id, at) => numbers.varint(id - (at === 0 ? 0 : (ids[at - 1] ?? 0))));
    this.blobs.push({ seq: idsSeq, data: numbers.take() }, { seq: directorySeq, data: this.directory.take() });
    return this.take();
  }

  private store(slice: Slice): Stored {
    if (slice.to - slice.from <= longestInline) return slice;
    this.blobs.push({ seq: this.nextSeq, data: Buffer.from(slice.bytes.subarray(slice.from, slice.to)) });
    return { seq: this.nextSeq++ };
  }

  private begin(term: string): void {
    this.last = '';
    this.pages += 1;
    this.directory.varint(term.length);
    this.directory.binary(term, 0);
  }

  private endPage(): void {
    this.directory.varint(this.nextSeq);
    this.blobs.push({ seq: this.nextSeq++, data: this.page.take() });
  }
}
