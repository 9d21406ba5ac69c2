import { hasBit, setBit, type Bits } from './bitmap.js';
import { ByteReader } from './bytes.js';
import type { TermEntry } from './page.js';
import { decodeDocs, readRecord, skipRecord } from './postings.js';
import type { Segment } from './segment.js';

/**
 * Of the documents in `among`, adds those to `found` in which the words stand in a row; `terms` has for each word the
 * terms it may be. A single word has to have any place at all.
 */
export function addPlaced(segment: Segment, terms: readonly (readonly TermEntry[])[], among: Bits, found: Bits): void {
  let rows: Map<number, number[]> | undefined;
  for (const [at, entries] of terms.entries()) {
    const next = new Map<number, number[]>();
    for (const entry of entries) addStarts(segment, entry, { among, at, before: rows }, next);
    rows = next;
  }
  for (const doc of rows?.keys() ?? []) setBit(found, doc);
}

interface Word {
  among: Bits;
  /** Its number in the phrase. */
  at: number;
  /** By document, where phrases begin whose words up to this one are there; absent for the first word. */
  before: ReadonlyMap<number, readonly number[]> | undefined;
}

function addStarts(segment: Segment, entry: TermEntry, { among, at, before }: Word, starts: Map<number, number[]>): void {
  if (!entry.places) return;
  const { bytes, from } = segment.sliceOf(entry.places);
  const reader = new ByteReader(bytes, from);
  for (const doc of decodeDocs(segment.docsOf(entry))) {
    const allowed = before?.get(doc);
    if (!hasBit(among, doc) || (before && !allowed)) {
      skipRecord(reader);
      continue;
    }
    const begins = readRecord(reader).map((place) => place - at);
    const kept = allowed ? begins.filter((place) => allowed.includes(place)) : begins;
    if (kept.length > 0) starts.set(doc, [...(starts.get(doc) ?? []), ...kept]);
  }
}
