import { MongoClient, type Db } from 'mongodb';
import { AppError } from '../../errors.js';
import type { Collection, CollectionSpec, Doc, Driver } from '../driver.js';
import { partsOf } from '../path.js';
import { MongoCollection, type Stored } from './collection.js';
import { mongoStoreError } from './errors.js';
import { ensureIndexes } from './indexes.js';
import type { MongoEngine } from './port.js';

const defaultMaxTimeMs = 15_000;
const selectionTimeoutMs = 5_000;

export interface MongoOptions {
  url: string;
  /** Default: the one in the URL, else `rapport`. */
  database?: string;
  /** The server gives up an operation after this. Default 15,000. */
  maxTimeMs?: number;
}

/**
 * Opens the MongoDB engine and asks the server for a sign of life. Every write waits for a majority and its journal.
 * Throws `store_unavailable` when no server answers within 5 s, or the URL cannot be read.
 */
export async function openMongo(options: MongoOptions): Promise<MongoEngine> {
  const maxTimeMs = options.maxTimeMs ?? defaultMaxTimeMs;
  try {
    const client = new MongoClient(options.url, {
      appName: 'rapport',
      writeConcern: { w: 'majority', journal: true, wtimeoutMS: maxTimeMs },
      readPreference: 'primary',
      ignoreUndefined: true,
      serverSelectionTimeoutMS: selectionTimeoutMs,
      connectTimeoutMS: selectionTimeoutMs,
      // Longer than any operation may take: only a server that has stopped answering meets it.
      socketTimeoutMS: maxTimeMs * 2 + 5_000,
      maxPoolSize: 50,
    });
    await connected(client);
    return new DriverEngine(client, client.db(options.database ?? (databaseOf(options.url) || 'rapport')), maxTimeMs);
  } catch (cause) {
    const error = mongoStoreError(cause);
    throw new AppError('store_unavailable', error.message, { cause: error, facts: error.facts });
  }
}

async function connected(client: MongoClient): Promise<void> {
  try {
    await client.connect();
    await client.db('admin').command({ ping: 1 });
  } catch (cause) {
    await client.close();
    throw cause;
  }
}

function databaseOf(url: string): string {
  return /^mongodb(?:\+srv)?:\/\/[^/]+\/([\w-]*)/.exec(url)?.[1] ?? '';
}

class DriverEngine implements MongoEngine {
  readonly kind = 'mongo';
  readonly durable: Driver;
  readonly #client: MongoClient;
  readonly db: Db;
  readonly #maxTimeMs: number;
  readonly #collections = new Map<string, MongoCollection<Doc>>();

  constructor(client: MongoClient, db: Db, maxTimeMs: number) {
    this.#client = client;
    this.db = db;
    this.#maxTimeMs = maxTimeMs;
    this.durable = { collection: <T extends Doc>(spec: CollectionSpec<T>): Collection<T> => this.#collection(spec) };
  }

  async work<R>(task: (driver: Driver) => Promise<R>): Promise<R> {
    return task(this.durable);
  }

  async prepare(specs: readonly CollectionSpec<never>[]): Promise<void> {
    for (const spec of specs) await ensureIndexes(this.#native(spec.name), spec as unknown as CollectionSpec<Doc>);
  }

  async writable(): Promise<boolean> {
    try {
      await this.#native('_writable').updateOne({ _id: 'probe' }, { $inc: { writes: 1 } }, { upsert: true, maxTimeMS: this.#maxTimeMs });
      return true;
    } catch (cause) {
      const error = mongoStoreError(cause);
      // Two first probes at once: one of them loses the race to create the row, on a server that takes writes.
      if (error.code === 'conflict') return true;
      if (error.code === 'bug') throw error;
      return false;
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #collection<T extends Doc>(spec: CollectionSpec<T>): Collection<T> {
    let collection = this.#collections.get(spec.name);
    if (collection === undefined) {
      partsOf(spec.name);
      collection = new MongoCollection<Doc>(this.#native(spec.name), this.#maxTimeMs);
      this.#collections.set(spec.name, collection);
    }
    return collection as unknown as Collection<T>;
  }

  #native(name: string) {
    return this.db.collection<Stored>(name);
  }
}
