import { hasBit } from './bitmap.js';
import { ByteReader, ByteWriter, wholeOf, type Slice } from './bytes.js';
import type { TermEntry } from './page.js';
import { blocksOf, decodeDocs, decodeDocsInto, skipRecord } from './postings.js';
import type { Segment } from './segment.js';
import { SegmentWriter, type SegmentBlob } from './writer.js';

const nowhere = 0xffffffff;
const termsPerLook = 32;

interface Input {
  segment: Segment;
  terms: Iterator<{ term: string; entry: TermEntry }>;
  current: { term: string; entry: TermEntry } | undefined;
  /** The new ordinal of each document; `nowhere` for one that is gone. */
  places: Uint32Array;
  /** Its new ordinals follow each other, and none is gone: lists can be copied as they are. */
  whole: boolean;
}

/** Makes one segment of several, without the documents that are gone, a step at a time. */
export class Merge {
  /** Row numbers of the new segment. */
  readonly ids: Float64Array;
  private readonly inputs: Input[];
  private readonly writer: SegmentWriter;
  private readonly records = new ByteWriter();
  private docs = new Uint32Array(1024);

  constructor(readonly segments: readonly Segment[]) {
    const { ids, places } = renumber(segments);
    this.ids = ids;
    this.inputs = segments.map((segment, at) => {
      const terms = segment.terms();
      const own = places[at] ?? new Uint32Array();
      return { segment, terms, current: undefined, places: own, whole: isRow(own) };
    });
    for (const input of this.inputs) advance(input);
    this.writer = new SegmentWriter(ids.length);
  }

  /** Works until `deadline` (of `performance.now()`) or until `enough` blobs wait. True when all terms are done. */
  work(deadline: number, enough: number): boolean {
    for (let count = 0; ; count += 1) {
      if (count % termsPerLook === termsPerLook - 1 && (performance.now() >= deadline || this.writer.waiting >= enough)) return false;
      const term = lowestTerm(this.inputs);
      if (term === undefined) return true;
      const those = this.inputs.filter((input) => input.current?.term === term);
      if (!this.join(term, those)) this.sort(term, those);
      for (const input of those) advance(input);
    }
  }

  /** How many blobs wait to be taken. */
  get waiting(): number {
    return this.writer.waiting;
  }

  take(): SegmentBlob[] {
    return this.writer.take();
  }

  finish(): SegmentBlob[] {
    return this.writer.finish(this.ids);
  }

  /** The usual case: inputs of different times, nothing gone. False when it is not that. */
  private join(term: string, inputs: readonly Input[]): boolean {
    let total = 0;
    let placed = false;
    for (const { current, whole } of inputs) {
      if (!whole || !current) return false;
      total += current.entry.count;
      placed ||= current.entry.places !== undefined;
    }
    if (total > this.docs.length) this.docs = new Uint32Array(total * 2);
    this.records.clear();
    let count = 0;
    for (const { segment, current, places } of inputs) {
      if (!current) return false;
      const { entry } = current;
      decodeDocsInto(this.docs, count, segment.docsOf(entry), places[0] ?? 0);
      if (count > 0 && (this.docs[count] ?? 0) <= (this.docs[count - 1] ?? 0)) return false;
      count += entry.count;
      if (entry.places) this.records.copy(recordsOf(segment.sliceOf(entry.places), entry.count));
      else if (placed) for (let at = 0; at < entry.count; at += 1) this.records.byte(0);
    }
    this.writer.add(term, this.docs, count, placed ? this.records.written() : undefined);
    return true;
  }

  /** Any case: document by document. */
  private sort(term: string, inputs: readonly Input[]): void {
    const found: { doc: number; record: Slice }[] = [];
    for (const { segment, current, places } of inputs) {
      if (!current) continue;
      const stored = current.entry.places ? segment.sliceOf(current.entry.places) : undefined;
      const reader = stored ? new ByteReader(stored.bytes, recordsOf(stored, current.entry.count).from) : undefined;
      for (const old of decodeDocs(segment.docsOf(current.entry))) {
        const from = reader?.at ?? 0;
        if (reader) skipRecord(reader);
        const doc = places[old] ?? nowhere;
        if (doc !== nowhere) found.push({ doc, record: reader ? { bytes: reader.bytes, from, to: reader.at } : noRecord });
      }
    }
    if (found.length === 0) return;
    found.sort((a, b) => a.doc - b.doc);
    const placed = found.some(({ record }) => record.bytes[record.from] !== 0);
    this.records.clear();
    if (placed) for (const { record } of found) this.records.copy(record);
    this.writer.add(term, found.map(({ doc }) => doc), found.length, placed ? this.records.written() : undefined);
  }
}

const noRecord = wholeOf(Buffer.from([0]));

/** Without the table of blocks. */
function recordsOf(stored: Slice, count: number): Slice {
  return { bytes: stored.bytes, from: blocksOf(stored, count)[0] ?? stored.from, to: stored.to };
}

function advance(input: Input): void {
  const next = input.terms.next();
  input.current = next.done === true ? undefined : next.value;
}

function lowestTerm(inputs: readonly Input[]): string | undefined {
  let lowest: string | undefined;
  for (const { current } of inputs) if (current && (lowest === undefined || current.term < lowest)) lowest = current.term;
  return lowest;
}

/** All living documents in the order of their row numbers, and for each segment where its documents come to stand. */
function renumber(segments: readonly Segment[]): { ids: Float64Array; places: Uint32Array[] } {
  const ids = new Float64Array(segments.reduce((sum, segment) => sum + segment.alive, 0));
  const places = segments.map((segment) => new Uint32Array(segment.size).fill(nowhere));
  const apart = segments.every((segment, at) => at === 0 || segment.low > (segments[at - 1]?.high ?? 0));
  if (apart) oneAfterTheOther(segments, ids, places);
  else inTurns(segments, ids, places);
  return { ids, places };
}

function oneAfterTheOther(segments: readonly Segment[], ids: Float64Array, places: readonly Uint32Array[]): void {
  let next = 0;
  segments.forEach((segment, at) => {
    const own = places[at] ?? new Uint32Array();
    for (let doc = 0; doc < segment.size; doc += 1) {
      if (segment.gone && hasBit(segment.gone, doc)) continue;
      own[doc] = next;
      ids[next++] = segment.ids[doc] ?? 0;
    }
  });
}

function inTurns(segments: readonly Segment[], ids: Float64Array, places: readonly Uint32Array[]): void {
  const living: { id: number; at: number; doc: number }[] = [];
  segments.forEach((segment, at) => {
    for (let doc = 0; doc < segment.size; doc += 1) if (!segment.gone || !hasBit(segment.gone, doc)) living.push({ id: segment.ids[doc] ?? 0, at, doc });
  });
  living.sort((a, b) => a.id - b.id);
  living.forEach(({ id, at, doc }, next) => {
    const own = places[at];
    if (own) own[doc] = next;
    ids[next] = id;
  });
}

function isRow(places: Uint32Array): boolean {
  const first = places[0] ?? nowhere;
  return places.every((place, at) => place === first + at);
}
