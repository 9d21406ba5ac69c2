import type { RawSql } from '../embedded/raw-sql.js';
import { timeOfRow } from './entry-rows.js';
import type { IndexedEntry } from './match.js';

/** An entry on its way into the index, or (without `entry`) out of it. */
export interface PendingRow {
  id: number;
  /** The index holds an older version. */
  indexed: boolean;
  entry?: IndexedEntry;
}

/**
 * What is durable and not yet in the index. The table is the truth; the copy in memory answers queries, and is read
 * again (`reload`) when a commit failed.
 */
export class Pending {
  private rows = new Map<number, PendingRow>();

  get size(): number {
    return this.rows.size;
  }

  reload(sql: RawSql): void {
    const stored = sql.all('SELECT id, indexed, words, extras FROM _search_pending ORDER BY id');
    this.rows = new Map(stored.map(([id, indexed, words, extras]) => [Number(id), rowOf(Number(id), indexed === 1, words, extras)]));
  }

  get(id: number): PendingRow | undefined {
    return this.rows.get(id);
  }

  has(id: number): boolean {
    return this.rows.has(id);
  }

  /** Those with the lowest row numbers, in that order. */
  lowest(limit: number): PendingRow[] {
    const rows = [...this.rows.values()].sort((a, b) => a.id - b.id);
    return rows.slice(0, limit);
  }

  values(): IterableIterator<PendingRow> {
    return this.rows.values();
  }

  set(sql: RawSql, row: PendingRow): void {
    this.rows.set(row.id, row);
    const words = row.entry === undefined ? null : row.entry.words.join(' ');
    const extras = row.entry === undefined ? null : row.entry.extras.join(' ');
    sql.run('INSERT OR REPLACE INTO _search_pending (id, indexed, words, extras) VALUES (?, ?, ?, ?)', [BigInt(row.id), row.indexed ? 1n : 0n, words, extras]);
  }

  /** Forgets these: `lowest` gave them. */
  dropLowest(sql: RawSql, rows: readonly PendingRow[]): void {
    for (const row of rows) this.rows.delete(row.id);
    if (this.rows.size === 0) sql.run('DELETE FROM _search_pending');
    else sql.run('DELETE FROM _search_pending WHERE id <= ?', [BigInt(rows.at(-1)?.id ?? -1)]);
  }

  drop(sql: RawSql, id: number): void {
    this.rows.delete(id);
    sql.run('DELETE FROM _search_pending WHERE id = ?', [BigInt(id)]);
  }
}

function rowOf(id: number, indexed: boolean, words: unknown, extras: unknown): PendingRow {
  if (typeof words !== 'string' || typeof extras !== 'string') return { id, indexed };
  return { id, indexed, entry: { at: timeOfRow(id), words: splitTerms(words), extras: splitTerms(extras) } };
}

function splitTerms(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}
