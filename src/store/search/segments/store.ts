import type { RawSql } from '../../embedded/raw-sql.js';
import { bitsToBytes, hasBit, newBits, setBit } from './bitmap.js';
import { asBuffer } from './bytes.js';
import { Segment, type SegmentFacts } from './segment.js';
import type { SegmentBlob } from './writer.js';

/** A segment's blobs have the numbers from `id * blobsPerSegment` on. */
const blobsPerSegment = 2 ** 24;
/** Blobs of a segment that is no longer used are deleted in steps of so many. */
const blobsPerStep = 200;

/** The segments of the index: in the database, and as a list in memory that `reload` reads again. */
export class SegmentStore {
  private list: Segment[] = [];
  private nextId = 1;

  constructor(private readonly sql: RawSql) {}

  /** Ordered by their lowest row number. */
  get segments(): readonly Segment[] {
    return this.list;
  }

  reload(): void {
    const rows = this.sql.all('SELECT id, size, low, high FROM _search_segments');
    this.list = rows.map(([id, size, low, high]) => new Segment({ id: Number(id), size: Number(size), low: Number(low), high: Number(high) }, this.read));
    for (const [id, count, bits] of this.sql.all('SELECT segment, count, bits FROM _search_gone')) this.list.find((segment) => segment.id === id)?.setGone(asBuffer(bits), Number(count));
    this.sortList();
    const highestBlob = Number(this.sql.get('SELECT max(id) FROM _search_blobs')?.[0] ?? 0);
    this.nextId = Math.max(this.nextId, Math.floor(highestBlob / blobsPerSegment) + 1, ...this.list.map((segment) => segment.id + 1));
  }

  newId(): number {
    return this.nextId++;
  }

  writeBlobs(sql: RawSql, segment: number, blobs: readonly SegmentBlob[]): void {
    for (const { seq, data } of blobs) sql.run('INSERT INTO _search_blobs (id, data) VALUES (?, ?)', [blobId(segment, seq), data]);
  }

  /** Puts a segment, whose blobs are written, into use, and takes those out that it was made of. */
  replace(sql: RawSql, old: readonly Segment[], facts: SegmentFacts | undefined): Segment | undefined {
    for (const { id } of old) {
      sql.run('DELETE FROM _search_segments WHERE id = ?', [BigInt(id)]);
      sql.run('DELETE FROM _search_gone WHERE segment = ?', [BigInt(id)]);
    }
    this.list = this.list.filter((segment) => !old.includes(segment));
    if (facts === undefined) return undefined;
    sql.run('INSERT INTO _search_segments (id, size, low, high) VALUES (?, ?, ?, ?)', [facts.id, facts.size, facts.low, facts.high].map((value) => BigInt(value)));
    const segment = new Segment(facts, this.read);
    this.list.push(segment);
    this.sortList();
    return segment;
  }

  /** Marks the living documents with these row numbers as gone, wherever they are, or in this segment only. */
  markGone(sql: RawSql, ids: readonly number[], only?: Segment): void {
    const touched = new Set<Segment>();
    for (const id of ids) {
      for (const segment of only ? [only] : this.list) {
        const doc = segment.low <= id && id <= segment.high ? segment.ordinalFrom(id) : segment.size;
        if (segment.ids[doc] !== id || (segment.gone && hasBit(segment.gone, doc))) continue;
        setBit((segment.gone ??= newBits(segment.size)), doc);
        segment.goneCount += 1;
        touched.add(segment);
      }
    }
    for (const segment of touched) if (segment.gone) sql.run('INSERT OR REPLACE INTO _search_gone (segment, count, bits) VALUES (?, ?, ?)', [BigInt(segment.id), BigInt(segment.goneCount), bitsToBytes(segment.gone)]);
  }

  /** Deletes some blobs that belong to no segment and to none of `kept`; true when there may be more. */
  sweep(sql: RawSql, kept: readonly number[]): boolean {
    const used = [...this.list.map((segment) => segment.id), ...kept].sort((a, b) => a - b);
    let from = 0;
    for (const id of [...used, Number.MAX_SAFE_INTEGER / blobsPerSegment]) {
      const { changes } = sql.run(`DELETE FROM _search_blobs WHERE id IN (SELECT id FROM _search_blobs WHERE id >= ? AND id < ? LIMIT ${blobsPerStep})`, [blobId(from, 0), blobId(Math.floor(id), 0)]);
      if (changes === blobsPerStep) return true;
      from = Math.floor(id) + 1;
    }
    return false;
  }

  private readonly read = (segment: number, seq: number): Uint8Array => asBuffer(this.sql.get('SELECT data FROM _search_blobs WHERE id = ?', [blobId(segment, seq)])?.[0]);

  private sortList(): void {
    this.list.sort((a, b) => a.low - b.low);
  }
}

function blobId(segment: number, seq: number): bigint {
  return BigInt(segment * blobsPerSegment + seq);
}
