import { ByteReader, type ByteWriter, type Slice } from './bytes.js';

/**
 * In which documents of a segment a term stands: ordinals, ascending, as differences, or as a bitmap where that is
 * shorter. And where in them: one record per document, positions ascending, each as twice the difference to the one
 * before (the first as if one stood at -1), plus 1 where another follows; a single 0 where the term is a stem, a code or
 * a facet and so has no place.
 *
 * Writes the documents into `out`, which has to be empty; true when it is a bitmap.
 */
export function encodeDocs(docs: ArrayLike<number>, count: number, size: number, out: ByteWriter): boolean {
  const bitmapLength = (size + 7) >>> 3;
  let last = 0;
  for (let at = 0; at < count && out.length <= bitmapLength; at += 1) {
    const doc = docs[at] ?? 0;
    out.varint(doc - last);
    last = doc;
  }
  if (out.length <= bitmapLength) return false;
  const bitmap = Buffer.alloc(bitmapLength);
  for (let at = 0; at < count; at += 1) {
    const doc = docs[at] ?? 0;
    bitmap[doc >>> 3] = (bitmap[doc >>> 3] ?? 0) | (1 << (doc & 7));
  }
  out.clear();
  out.copy({ bytes: bitmap, from: 0, to: bitmapLength });
  return true;
}

/** Documents as stored. */
export interface StoredDocs extends Slice {
  count: number;
  bitmap: boolean;
}

/** Puts the documents, each `offset` higher, into `target` from `at` on. */
export function decodeDocsInto(target: Uint32Array, at: number, docs: StoredDocs, offset: number): void {
  let found = at;
  if (docs.bitmap) {
    for (let byte = docs.from; byte < docs.to; byte += 1) {
      for (let rest = docs.bytes[byte] ?? 0; rest !== 0; rest &= rest - 1) target[found++] = offset + ((byte - docs.from) << 3) + 31 - Math.clz32(rest & -rest);
    }
    return;
  }
  const reader = new ByteReader(docs.bytes, docs.from);
  let last = offset;
  for (const end = at + docs.count; found < end; found += 1) target[found] = last += reader.varint();
}

export function decodeDocs(docs: StoredDocs): Uint32Array {
  const target = new Uint32Array(docs.count);
  decodeDocsInto(target, 0, docs, 0);
  return target;
}

export function writePlace(out: ByteWriter, difference: number, more: boolean): void {
  out.varint(difference * 2 + (more ? 1 : 0));
}

/** Reads one record: its positions; none where the term has no place. */
export function readRecord(reader: ByteReader): number[] {
  const places: number[] = [];
  for (let at = -1; ; ) {
    const value = reader.varint();
    if (value === 0) return places;
    at += value >>> 1;
    places.push(at);
    if ((value & 1) === 0) return places;
  }
}

/** Goes past one record without looking at it. */
export function skipRecord(reader: ByteReader): void {
  while ((reader.varint() & 1) === 1);
}

/** Of a list with more documents than this, a table of the lengths of so many records each stands before the records. */
export const recordsPerBlock = 64;

/** Writes the table for these records, if they need one, and the records. */
export function writeRecords(out: ByteWriter, records: Slice, count: number): void {
  if (count > recordsPerBlock) {
    const reader = new ByteReader(records.bytes, records.from);
    for (let done = 0, from = records.from; done < count; from = reader.at) {
      for (const end = Math.min(count, done + recordsPerBlock); done < end; done += 1) skipRecord(reader);
      out.varint(reader.at - from);
    }
  }
  out.copy(records);
}

/** Where each block of records begins; the first one alone for a list without a table. */
export function blocksOf(stored: Slice, count: number): number[] {
  const reader = new ByteReader(stored.bytes, stored.from);
  const lengths = count > recordsPerBlock ? Array.from({ length: Math.ceil(count / recordsPerBlock) }, () => reader.varint()) : [0];
  let at = reader.at;
  return lengths.map((length) => {
    at += length;
    return at - length;
  });
}
