import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors.js';
import type { Clock } from '../../inbox/ports.js';
import { openDirectoryBlobs } from '../blobs/directory.js';
import { createGridFsBlobs } from '../blobs/gridfs.js';
import { acquireDataLock, type DataLock } from '../data-lock.js';
import type { CollectionSpec, Engine } from '../driver.js';
import { storeVersion } from '../migrations/run-migrations.js';
import { openMongo, type MongoOptions } from '../mongo/engine.js';
import { embeddedTarget, finishSwap, type DataLayout } from './embedded-target.js';
import { mongoTarget } from './mongo-target.js';
import { restoreBackup, type RestoreReport, type RestoreTarget } from './restore.js';
import { openSnapshot } from './snapshot.js';
import { writeBackup, type BackupReport, type BackupSource } from './write-backup.js';

/** Which store, and what this code knows of it. */
export interface StorePlace {
  /** Set: the store is on MongoDB; else it is in the data folder. */
  mongo?: MongoOptions | undefined;
  layout: DataLayout;
  specs: readonly CollectionSpec<never>[];
  /** Number of the last migration. */
  knownVersion: number;
  /** From `secretId`. */
  secretId?: string;
  clock: Clock;
  progress(line: string): void;
}

/** Backs up a store into a new file, also while a server is at work on it. See `writeBackup`. */
export async function backup(file: string, place: StorePlace): Promise<BackupReport> {
  const { engine, blobs, close } = await openSource(file, place);
  try {
    const version = await storeVersion(engine, place.knownVersion);
    const header: BackupSource['header'] = { version, createdAt: place.clock(), ...(place.secretId === undefined ? {} : { secretId: place.secretId }) };
    return await writeBackup(file, { engine, blobs, specs: place.specs, header }, (line) => place.progress(line));
  } finally {
    await close();
  }
}

async function openSource(file: string, place: StorePlace): Promise<Pick<BackupSource, 'engine' | 'blobs'> & { close(): Promise<void> }> {
  if (place.mongo !== undefined) {
    const engine = await openMongo(place.mongo);
    await engine.prepare(place.specs);
    return { engine, blobs: createGridFsBlobs(engine.db), close: () => engine.close() };
  }
  const database = join(place.layout.folder, place.layout.database);
  if (!(await stat(database).then(() => true, () => false))) throw new AppError('not_found', `there is no store in ${place.layout.folder}`);
  place.progress('taking a snapshot of the database');
  const snapshot = await openSnapshot(database, file, place.specs);
  return { ...snapshot, blobs: await openDirectoryBlobs(join(place.layout.folder, place.layout.files)) };
}

/**
 * Puts a backup in the place of a store. Refuses with `conflict` while a server is at work on the data folder, or when
 * the store is not empty and `replace` is not set. See `restoreBackup`.
 */
export async function restore(file: string, place: StorePlace & { replace: boolean; rebuildSearch(engine: Engine): Promise<void> }): Promise<RestoreReport> {
  const lock = await lockFor(place);
  try {
    const { target, close } = await openTarget(place);
    try {
      return await restoreBackup({ ...place, file, target, progress: (line) => place.progress(line), rebuildSearch: (engine) => place.rebuildSearch(engine) });
    } finally {
      await close();
    }
  } finally {
    await lock.release();
  }
}

async function lockFor(place: StorePlace): Promise<DataLock> {
  try {
    return await acquireDataLock(place.layout.folder, 'a restore');
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'conflict') throw cause;
    throw new AppError('conflict', `${cause.message}: stop it, then restore. Nothing was changed`, { cause, facts: { ...cause.facts } });
  }
}

async function openTarget(place: StorePlace): Promise<{ target: RestoreTarget; close(): Promise<void> }> {
  if (place.mongo !== undefined) {
    const engine = await openMongo(place.mongo);
    return { target: mongoTarget(engine, place.specs), close: () => engine.close() };
  }
  await finishSwap(place.layout);
  const stamp = new Date(place.clock()).toISOString().replace(/[^0-9]/g, '').slice(0, 14);
  return { target: embeddedTarget(place.layout, place.specs, stamp), close: () => Promise.resolve() };
}
