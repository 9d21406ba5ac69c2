import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';
import type { BlobStore, SearchIndex } from '../inbox/ports.js';
import type { InboxStore } from '../inbox/stores.js';
import { type DataLayout, finishSwap } from '../store/backup/embedded-target.js';
import { acquireDataLock } from '../store/data-lock.js';
import { openDirectoryBlobs } from '../store/blobs/directory.js';
import { type AllCollections, collectionSpecs, openInboxStore } from '../store/collections/collections.js';
import type { Engine } from '../store/driver.js';
import { isEmbedded, openEngine } from '../store/engine.js';
import { isMongo } from '../store/mongo/port.js';
import { migrations } from '../store/migrations/list.js';
import { runMigrations } from '../store/migrations/run-migrations.js';
import { openEmbeddedSearch } from '../store/search/embedded.js';
import { createNewId } from './ids.js';
import type { ResolveName } from '../store/search/plan.js';
import { deriveKey, loadOrCreateSecret, parseSecret } from '../store/secrets.js';

export interface OpenStore {
  engine: Engine;
  inbox: InboxStore & { now: AllCollections };
  blobs: BlobStore;
  search: SearchIndex & { settle(): Promise<void> };
  close(): Promise<void>;
}

const databaseName = 'rapport.db';
const filesName = 'uploads';

/** What lies where in a data folder. */
export function dataLayout(folder: string): DataLayout {
  return { folder, database: databaseName, files: filesName };
}

/** Opens engine, collections with their indexes, search and files. Throws `store_unavailable` that says what is missing. */
export async function openStore(config: Pick<Config, 'mongo' | 'dataDir'>, options: { resolve: ResolveName; clock?: () => number; newId?: () => string; log: { info(facts: object, text: string): void; warn(facts: object, text: string): void; error(facts: object, text: string): void } }): Promise<OpenStore> {
  const clock = options.clock ?? Date.now;
  await mkdir(config.dataDir, { recursive: true });
  const lock = config.mongo === undefined ? await acquireDataLock(config.dataDir, 'a server') : undefined;
  if (lock !== undefined) await finishSwap(dataLayout(config.dataDir));
  const engine = await openEngine({ file: join(config.dataDir, databaseName), ...(config.mongo === undefined ? {} : { mongo: config.mongo }), log: options.log });
  await engine.prepare(collectionSpecs);
  const inbox = openInboxStore(engine);
  await runMigrations(engine, migrations, { log: options.log, clock, newId: options.newId ?? createNewId(clock), alone: lock !== undefined });
  const search = isEmbedded(engine) ? await openEmbeddedSearch(engine, { log: options.log, resolve: options.resolve }) : await (await import('../store/search/mongo.js')).openMongoSearch(engine, { resolve: options.resolve });
  const blobs = isMongo(engine) ? (await import('../store/blobs/gridfs.js')).createGridFsBlobs(engine.db) : await openDirectoryBlobs(join(config.dataDir, filesName), { sweep: true });
  return {
    engine, inbox, blobs, search,
    close: async () => {
      await search.stop();
      await engine.close();
      await lock?.release();
    },
  };
}

/** Keys for one purpose each, derived from the one master secret. */
export async function openSecret(config: Pick<Config, 'secretKey' | 'dataDir'>): Promise<{ master: Buffer; keyFor(purpose: string): Buffer }> {
  const master = config.secretKey === undefined ? await loadOrCreateSecret(join(config.dataDir, 'secret')) : parseSecret(config.secretKey, 'SECRET_KEY');
  return { master, keyFor: (purpose) => deriveKey(master, purpose) };
}
