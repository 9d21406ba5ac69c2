import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Engine } from '../../src/store/driver.js';
import { openEmbedded } from '../../src/store/embedded/engine.js';
import type { EmbeddedEngine } from '../../src/store/embedded/raw-sql.js';
import { openMongo } from '../../src/store/mongo/engine.js';
import { findMongo, type MongoPeer } from './mongo.js';
import { requirePeer } from './peers.js';

export type EngineName = 'embedded' | 'mongo';

/**
 * Opens an engine on a database of its own: empty with every call, or the same again for the same `database`. What it
 * opened is closed, and its databases are removed, when the suite ends.
 */
export type OpenEngine = (options?: { database?: string }) => Promise<Engine>;

/** What a test hands to another process so that it opens the same database. */
export type Where = { kind: 'embedded'; file: string } | { kind: 'mongo'; url: string; database: string };

/**
 * One `describe` per engine: the embedded one always, MongoDB where a server is found (else it skips, see `requirePeer`).
 * Call `open` in hooks and tests, not while describing.
 */
export function eachEngine(define: (name: EngineName, open: OpenEngine, whereIs: (database: string) => Where) => void): void {
  describe('on the embedded store', () => {
    const databases = embeddedDatabases();
    define('embedded', databases.open, databases.whereIs);
  });
  describe('on MongoDB', () => {
    const databases = mongoDatabases();
    define('mongo', databases.open, databases.whereIs);
  });
}

/** For suites about the embedded store itself; same rules as `OpenEngine`. */
export function embeddedDatabases(): { open: (options?: { database?: string }) => Promise<EmbeddedEngine>; whereIs: (database: string) => Where; fileOf: (database: string) => string } {
  let folder = '';
  const opened = new Set<Engine>();
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-store-'));
  });
  after(async () => {
    for (const engine of opened) await engine.close();
    await rm(folder, { recursive: true, force: true });
  });
  const fileOf = (database: string): string => join(folder, `${database}.sqlite`);
  return {
    fileOf,
    whereIs: (database) => ({ kind: 'embedded', file: fileOf(database) }),
    open: async (options = {}) => {
      const engine = await openEmbedded({ file: fileOf(options.database ?? newName()) });
      opened.add(engine);
      return engine;
    },
  };
}

function mongoDatabases(): { open: OpenEngine; whereIs: (database: string) => Where } {
  let peer: MongoPeer | undefined;
  const prefix = newName();
  const opened = new Set<Engine>();
  const used = new Set<string>();
  before(async function () {
    peer = await findMongo();
    requirePeer(this, 'a MongoDB server', peer !== undefined);
  });
  after(async () => {
    for (const engine of opened) await engine.close();
    if (peer === undefined) return;
    await dropDatabases(peer.url, used);
    await peer.release();
  });
  const whereIs = (database: string): Where & { kind: 'mongo' } => {
    if (peer === undefined) throw new Error('open an engine in a hook or a test, not while describing');
    const name = `${prefix}_${database}`;
    used.add(name);
    return { kind: 'mongo', url: peer.url, database: name };
  };
  return {
    whereIs,
    open: async (options = {}) => {
      const { url, database } = whereIs(options.database ?? newName());
      const engine = await openMongo({ url, database });
      opened.add(engine);
      return engine;
    },
  };
}

async function dropDatabases(url: string, names: Iterable<string>): Promise<void> {
  const client = new MongoClient(url);
  try {
    for (const name of names) await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}

let names = 0;

function newName(): string {
  names++;
  return `test_${process.pid}_${names}`;
}
