import { AppError } from '../../errors.js';
import type { Collection, CollectionSpec, Doc, Driver } from '../driver.js';
import { EmbeddedCollection, type Writer } from './collection.js';
import { Connection } from './connection.js';
import { Documents } from './documents.js';
import { existingTable } from './schema.js';

const cacheKib = 16 * 1024;
const checkpointPages = 1_000;

/** What is committed, read beside the one who writes. */
export interface EmbeddedReader {
  /** Every write through it throws `bug`. */
  readonly driver: Driver;
  /** All that `task` reads is of one moment. One at a time. */
  atOnce<R>(task: () => Promise<R>): Promise<R>;
  close(): void;
}

/**
 * Opens the file of an embedded engine that is in use a second time, only for reading: for another thread of its process.
 * The engine must have prepared these collections. Throws `store_unavailable`.
 */
export function openEmbeddedReader(file: string, specs: readonly CollectionSpec<never>[]): EmbeddedReader {
  const connection = new Connection(file, { cacheKib, checkpointPages });
  connection.exec('PRAGMA query_only = ON');
  // Rows are kept in memory only by the one who writes them.
  const documents = new Map(specs.map((spec) => [spec.name, new Documents<Doc>(connection, existingTable(connection, { ...spec, hot: false } as unknown as CollectionSpec<Doc>))]));
  return {
    driver: { collection: <T extends Doc>(spec: CollectionSpec<T>): Collection<T> => new EmbeddedCollection<T>(() => known(documents, spec.name) as unknown as Documents<T>, nobody) },
    atOnce: async (task) => {
      connection.run('BEGIN');
      try {
        return await task();
      } finally {
        connection.run('COMMIT');
      }
    },
    close: () => connection.close(),
  };
}

function known(documents: ReadonlyMap<string, Documents<Doc>>, name: string): Documents<Doc> {
  const found = documents.get(name);
  if (found === undefined) throw new AppError('bug', 'this collection is not read here', { facts: { collection: name } });
  return found;
}

const nobody: Writer = {
  write: () => Promise.reject(new AppError('bug', 'nothing is written through a reader')),
};
