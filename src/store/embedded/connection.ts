import Database from 'libsql';
import { AppError, messageOf } from '../../errors.js';
import type { RawSql, SqlValue } from './raw-sql.js';

type Statement = ReturnType<InstanceType<typeof Database>['prepare']>;

const maxStatements = 400;

/**
 * SQLite through `libsql`: statements prepared once per text, values checked before the native binding sees them (it
 * ends the process on a boolean), errors as AppError. All calls are synchronous.
 */
export class Connection implements RawSql {
  readonly #database: InstanceType<typeof Database>;
  readonly #writers = new Map<string, Statement>();
  readonly #readers = new Map<string, Statement>();

  /** Opens or creates `file`. Throws `store_unavailable`. */
  constructor(file: string, options: { cacheKib: number; checkpointPages: number }) {
    try {
      this.#database = new Database(file);
      // Set before the first page is written, or it has no effect.
      this.#database.exec('PRAGMA page_size = 4096');
      this.#database.exec('PRAGMA busy_timeout = 2000');
      this.#database.exec('PRAGMA journal_mode = WAL');
      this.#database.exec('PRAGMA synchronous = FULL');
      this.#database.exec(`PRAGMA cache_size = -${options.cacheKib}`);
      this.#database.exec(`PRAGMA wal_autocheckpoint = ${options.checkpointPages}`);
      // After a burst (or a long backup) the log shrinks again to this.
      this.#database.exec('PRAGMA journal_size_limit = 67108864');
    } catch (cause) {
      throw storeError(cause);
    }
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  exec(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (cause) {
      throw storeError(cause);
    }
  }

  run(sql: string, params: readonly SqlValue[] = []): { changes: number; lastInsertRowid: number } {
    checkParams(params);
    try {
      let statement = this.#writers.get(sql);
      if (statement === undefined) {
        statement = this.#database.prepare(sql);
        keep(this.#writers, sql, statement);
      }
      const result = statement.run(params);
      return { changes: result.changes, lastInsertRowid: Number(result.lastInsertRowid) };
    } catch (cause) {
      throw storeError(cause);
    }
  }

  all(sql: string, params: readonly SqlValue[] = []): SqlValue[][] {
    checkParams(params);
    try {
      return this.#reader(sql).all(params) as SqlValue[][];
    } catch (cause) {
      throw storeError(cause);
    }
  }

  get(sql: string, params: readonly SqlValue[] = []): SqlValue[] | undefined {
    checkParams(params);
    try {
      return this.#reader(sql).get(params) as SqlValue[] | undefined;
    } catch (cause) {
      throw storeError(cause);
    }
  }

  close(): void {
    this.#writers.clear();
    this.#readers.clear();
    this.#database.close();
  }

  #reader(sql: string): Statement {
    let statement = this.#readers.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      if (!statement.reader) throw new AppError('bug', 'this SQL returns nothing to read');
      statement.raw();
      keep(this.#readers, sql, statement);
    }
    return statement;
  }
}

function keep(cache: Map<string, Statement>, sql: string, statement: Statement): void {
  if (cache.size >= maxStatements) cache.delete(cache.keys().next().value as string);
  cache.set(sql, statement);
}

function checkParams(params: readonly SqlValue[]): void {
  for (const value of params) {
    const type = typeof value;
    if (type === 'string' || type === 'number' || type === 'bigint' || value === null || value instanceof Uint8Array) continue;
    throw new AppError('bug', 'this cannot be bound to an SQL statement', { facts: { type } });
  }
}

/** What SQLite threw, as AppError: `conflict`, `disk_full`, `store_unavailable`, or `bug` for SQL that does not fit. */
export function storeError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const facts = { sqlite: code === '' ? messageOf(cause) : code };
  if (code.startsWith('SQLITE_CONSTRAINT')) return new AppError('conflict', messageOf(cause), { cause, facts });
  if (code === 'SQLITE_FULL') return new AppError('disk_full', 'the disk is full', { cause, facts });
  if (code === 'SQLITE_ERROR' || code === 'SQLITE_MISUSE' || code === 'SQLITE_RANGE') return new AppError('bug', messageOf(cause), { cause, facts });
  return new AppError('store_unavailable', messageOf(cause), { cause, facts });
}
