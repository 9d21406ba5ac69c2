import type { RawSql } from '../embedded/raw-sql.js';

/**
 * `_search`: the inverted index, without the texts. `_search_entries`: which message a row of it is; `hash` finds it by
 * message id with a quarter of what an index over the ids would take; `at` stands only where the row's number tells another time. `_search_pending`: entries that are durable and
 * not yet in `_search`; `words` is NULL for one that has to leave it, `indexed` tells that `_search` holds an older version.
 */
const schema = `
CREATE TABLE IF NOT EXISTS _search_entries (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, message_id TEXT NOT NULL, conversation_id TEXT NOT NULL, at INTEGER);
CREATE INDEX IF NOT EXISTS _search_entries_hash ON _search_entries (hash);
CREATE TABLE IF NOT EXISTS _search_pending (id INTEGER PRIMARY KEY, indexed INTEGER NOT NULL, words TEXT, extras TEXT);
CREATE VIRTUAL TABLE IF NOT EXISTS _search USING fts5(words, extras, content='', contentless_delete=1, tokenize="ascii tokenchars '_'");
`;

/** Merging is done in small steps by the indexer, never inside somebody's write; the second is a last resort. */
const options = [
  ['automerge', 0],
  ['crisismerge', 512],
  ['usermerge', 16],
] as const;

export function createSearchTables(sql: RawSql): void {
  sql.exec(schema);
  for (const [name, value] of options) sql.run('INSERT INTO _search (_search, rank) VALUES (?, ?)', [name, BigInt(value)]);
}

/** Forgets everything; the entries have to be put again. */
export function clearSearchTables(sql: RawSql): void {
  sql.exec(`DELETE FROM _search_pending; DELETE FROM _search_entries; INSERT INTO _search (_search) VALUES ('delete-all');`);
}
