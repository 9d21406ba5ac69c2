import type { Engine } from '../driver.js';

/** What can be bound or read. Booleans, `undefined` and dates are refused with `bug` (the native binding would abort on them). */
export type SqlValue = string | number | bigint | Uint8Array | null;

/**
 * SQL on the engine's one connection. Every call is synchronous and blocks the event loop: keep each well under a
 * millisecond. Statements are prepared once per text, so bind values (`?`), never build them into the text.
 *
 * Reads see everything written so far, committed or not. Writes belong inside `groupWrite`.
 * Throws AppError: `conflict` (a constraint), `disk_full`, `store_unavailable`, `bug` (SQL that does not fit).
 */
export interface RawSql {
  /** Several statements without parameters: schema, PRAGMA. Not cached. */
  exec(sql: string): void;
  /** A numeric value is bound as a double; bind a `bigint` where INTEGER storage matters. */
  run(sql: string, params?: readonly SqlValue[]): { changes: number; lastInsertRowid: number };
  /** Every row, as an array of its columns in the order of the SELECT. Numbers above 2^53 are not exact. */
  all(sql: string, params?: readonly SqlValue[]): SqlValue[][];
  /** The first row, or `undefined`. */
  get(sql: string, params?: readonly SqlValue[]): SqlValue[] | undefined;
}

/** The embedded engine: the common port, and its SQL for parts that live in the same file (search, live log, jobs). */
export interface EmbeddedEngine extends Engine {
  readonly kind: 'embedded';
  /** Path of the database file. */
  readonly file: string;
  /** For reading. A write made here outside `groupWrite` has no commit of its own to wait for and is refused with `bug`. */
  readonly sql: RawSql;
  /**
   * Runs `fn` at once, synchronously, inside the commit that all writes of this tick share, and resolves with its
   * result when that commit is durable. If `fn` throws, exactly what it wrote is undone and the promise rejects; the
   * other writes of the tick stay. If the commit fails, it rejects with `disk_full` or `store_unavailable`.
   *
   * Inside `work`: call it without awaiting (`const done = engine.groupWrite(…)`) to share the commit of what `work`
   * writes, then await `done` after or beside `work`. Awaiting it inside is correct too, but what follows is then a
   * later commit.
   */
  groupWrite<R>(fn: (sql: RawSql) => R): Promise<R>;
  /**
   * Writes a consistent, compact copy of the committed data to `file` while everything goes on. It runs in a thread
   * of its own. `file` must not exist; it appears complete or not at all.
   */
  backupTo(file: string): Promise<void>;
}
