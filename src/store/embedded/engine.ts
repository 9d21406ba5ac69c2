import { AppError } from '../../errors.js';
import type { Collection, CollectionSpec, Doc, Driver } from '../driver.js';
import { backupDatabase } from './backup.js';
import { EmbeddedCollection, type Writer } from './collection.js';
import { Connection } from './connection.js';
import { Documents } from './documents.js';
import { GroupCommit, type EngineLog } from './group-commit.js';
import type { EmbeddedEngine, RawSql } from './raw-sql.js';
import { ensureTable } from './schema.js';
import type { Table } from './table.js';
import { DurableWriter, WorkWriter } from './writers.js';

const cacheKib = 48 * 1024;
// 40 MB of log: pages that change often reach the file once, and catching up takes some 20 ms.
const checkpointPages = 10_000;

export interface EmbeddedOptions {
  /** Path of the database file; created if missing. Its folder must exist. One process at a time. */
  file: string;
  /** Told when a commit fails. */
  log?: EngineLog;
}

/** Opens the embedded engine. Throws `store_unavailable` when the file cannot be opened or written. */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedEngine> {
  const connection = new Connection(options.file, { cacheKib, checkpointPages });
  return new SqliteEngine(options.file, connection, new GroupCommit(connection, options.log));
}

interface Session {
  writer: WorkWriter;
  driver: Driver;
}

class SqliteEngine implements EmbeddedEngine {
  readonly kind = 'embedded';
  readonly file: string;
  readonly sql: RawSql;
  readonly durable: Driver;
  readonly #connection: Connection;
  readonly #commits: GroupCommit;
  readonly #documents = new Map<string, Documents<Doc>>();
  readonly #durableWriter: DurableWriter;
  /** Used again, so that callers may keep what they build over a driver. */
  readonly #idleSessions: Session[] = [];
  #insideGroupWrite = false;
  #closed = false;

  constructor(file: string, connection: Connection, commits: GroupCommit) {
    this.file = file;
    this.#connection = connection;
    this.#commits = commits;
    this.#durableWriter = new DurableWriter(commits);
    commits.onUndone(() => this.#documents.forEach((documents) => documents.forget()));
    this.durable = this.#driver(this.#durableWriter);
    this.sql = readingSql(connection, () => this.#insideGroupWrite);
  }

  async work<R>(task: (driver: Driver) => Promise<R>): Promise<R> {
    const session = this.#idleSessions.pop() ?? this.#newSession();
    try {
      const result = await task(session.driver);
      await session.writer.finish();
      return result;
    } finally {
      session.writer.reset();
      this.#idleSessions.push(session);
    }
  }

  groupWrite<R>(fn: (sql: RawSql) => R): Promise<R> {
    return this.#durableWriter.write(() => {
      this.#connection.run('SAVEPOINT part');
      const outer = this.#insideGroupWrite;
      this.#insideGroupWrite = true;
      try {
        const result = fn(this.#connection);
        this.#connection.run('RELEASE part');
        return result;
      } catch (error) {
        if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK TO part; RELEASE part');
        throw error;
      } finally {
        this.#insideGroupWrite = outer;
      }
    });
  }

  async prepare(specs: readonly CollectionSpec<never>[]): Promise<void> {
    for (const spec of specs) {
      await this.#durableWriter.write(() => {
        const table: Table = ensureTable(this.#connection, spec as unknown as CollectionSpec<Doc>);
        this.#documents.set(spec.name, new Documents(this.#connection, table));
      });
    }
  }

  async writable(): Promise<boolean> {
    if (this.#closed) return false;
    try {
      await this.#durableWriter.write(() => {
        this.#connection.run('CREATE TABLE IF NOT EXISTS _writable (one INTEGER PRIMARY KEY, at REAL)');
        this.#connection.run('INSERT INTO _writable VALUES (1, 0) ON CONFLICT DO UPDATE SET at = at + 1');
      });
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }

  backupTo(file: string): Promise<void> {
    this.#commits.flush();
    return backupDatabase(this.file, file);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#commits.flush();
    this.#connection.close();
  }

  #newSession(): Session {
    const writer = new WorkWriter(this.#commits);
    return { writer, driver: this.#driver(writer) };
  }

  #driver(writer: Writer): Driver {
    return {
      collection: <T extends Doc>(spec: CollectionSpec<T>): Collection<T> =>
        new EmbeddedCollection<T>(() => this.#prepared(spec.name) as unknown as Documents<T>, writer),
    };
  }

  #prepared(name: string): Documents<Doc> {
    if (this.#closed) throw new AppError('store_unavailable', 'the store is closed');
    const documents = this.#documents.get(name);
    if (documents === undefined) throw new AppError('bug', 'this collection was not prepared', { facts: { collection: name } });
    return documents;
  }
}

function readingSql(connection: Connection, isInside: () => boolean): RawSql {
  const checkInside = (): void => {
    if (!isInside()) throw new AppError('bug', 'writing SQL belongs inside groupWrite');
  };
  return {
    exec: (sql) => {
      checkInside();
      connection.exec(sql);
    },
    run: (sql, params) => {
      checkInside();
      return connection.run(sql, params);
    },
    all: (sql, params) => connection.all(sql, params),
    get: (sql, params) => connection.get(sql, params),
  };
}
