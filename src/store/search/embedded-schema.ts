import type { RawSql } from '../embedded/raw-sql.js';

/**
 * `_search_entries`: which message a row is; `hash` finds it by message id with a quarter of what an index over the ids
 * would take, `at` stands only where the row's number tells another time. `_search_pending`: entries that are durable and in
 * no segment yet; `words` is NULL for one that has to leave, `indexed` tells that a segment holds an older version.
 * `_search_segments`, `_search_blobs`, `_search_gone`: the index proper, see `segments/`.
 */
const schema = `
CREATE TABLE IF NOT EXISTS _search_entries (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, message_id TEXT NOT NULL, conversation_id TEXT NOT NULL, at INTEGER);
CREATE INDEX IF NOT EXISTS _search_entries_hash ON _search_entries (hash);
CREATE TABLE IF NOT EXISTS _search_pending (id INTEGER PRIMARY KEY, indexed INTEGER NOT NULL, words TEXT, extras TEXT);
CREATE TABLE IF NOT EXISTS _search_segments (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS _search_blobs (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS _search_gone (segment INTEGER PRIMARY KEY, count INTEGER NOT NULL, bits BLOB NOT NULL);
`;

export function createSearchTables(sql: RawSql): void {
  sql.exec(schema);
}

/** Forgets everything; the entries have to be put again. */
export function clearSearchTables(sql: RawSql): void {
  sql.exec('DELETE FROM _search_pending; DELETE FROM _search_entries; DELETE FROM _search_segments; DELETE FROM _search_blobs; DELETE FROM _search_gone;');
}
