import { AppError } from '../../errors.js';
import type { BlobVault } from '../blobs/vault.js';
import type { CollectionSpec, Doc, Engine } from '../driver.js';
import { setStoreVersion } from '../migrations/run-migrations.js';
import { readBackup, verifyBackup } from './read-backup.js';

/** Where a restore goes: a place beside the store that is in use, which takes its place at the end. */
export interface RestoreTarget {
  /** What the store in use holds, in words; `undefined` when it is empty. */
  holds(): Promise<string | undefined>;
  /** An empty engine, with all collections prepared, and empty files. */
  begin(): Promise<{ engine: Engine; blobs: BlobVault; collectionOf(name: string): CollectionSpec<Doc> }>;
  /** Puts what was restored into use. `complete` makes the rest of it; it is called as soon as it can do that unseen. */
  swap(complete: () => Promise<void>): Promise<void>;
  /** Forgets what `begin` made. */
  abandon(): Promise<void>;
}

export interface RestoreOptions {
  file: string;
  target: RestoreTarget;
  /** Number of this code's last migration. */
  knownVersion: number;
  /** Without it only an empty store is restored into. */
  replace: boolean;
  /** Of this installation; sealed values of another one cannot be opened. */
  secretId?: string;
  /** Makes the search index of the restored store anew. */
  rebuildSearch(engine: Engine): Promise<void>;
  progress(line: string): void;
}

export interface RestoreReport {
  counts: Record<string, number>;
  blobs: number;
  /** The stored passwords of channels can be opened with this installation's secret. */
  secretFits: boolean;
}

const writesAtOnce = 100;

/**
 * Restores a backup. Reads the whole file first and touches nothing when it is damaged; then fills a place beside the
 * store, and puts it into use only when all is there. Throws `bad_request` (damaged), `config_invalid` (newer version),
 * `conflict` (the store is not empty).
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const { file, target, progress } = options;
  const held = await target.holds();
  if (held !== undefined && !options.replace) throw new AppError('conflict', `the store is not empty (${held}): restore with --replace to put the backup in its place`);
  progress(`checking ${file}`);
  const { header, counts } = await verifyBackup(file, options.knownVersion);
  const secretFits = header.secretId === undefined || options.secretId === undefined || header.secretId === options.secretId;
  if (!secretFits) progress(`the backup's passwords were sealed with another secret (${header.secretId ?? ''}): put that secret file back, or enter the channels' passwords again`);
  try {
    const place = await target.begin();
    await fill(file, place, progress);
    await target.swap(async () => {
      await setStoreVersion(place.engine, header.version);
      progress('making the search index');
      await options.rebuildSearch(place.engine);
    });
  } catch (error) {
    await target.abandon();
    throw error;
  }
  progress('done');
  return { counts: counts.counts, blobs: counts.blobs, secretFits };
}

async function fill(file: string, place: Awaited<ReturnType<RestoreTarget['begin']>>, progress: (line: string) => void): Promise<void> {
  const pieces: Buffer[] = [];
  let collection = '';
  let count = 0;
  for await (const line of readBackup(file)) {
    if ('collection' in line) {
      if (line.collection !== collection && count > 0) progress(`${collection}: ${count}`);
      if (line.collection !== collection) count = 0;
      collection = line.collection;
      count += line.docs.length;
      await insertAll(place.engine, place.collectionOf(collection), line.docs);
    } else if ('blob' in line) {
      pieces.push(Buffer.from(line.data, 'base64'));
      if (line.last) await place.blobs.putBack(line.blob, Buffer.concat(pieces.splice(0)));
    }
  }
  if (count > 0) progress(`${collection}: ${count}`);
}

async function insertAll(engine: Engine, spec: CollectionSpec<Doc>, docs: readonly Doc[]): Promise<void> {
  await engine.prepare([spec as never]);
  const rows = engine.durable.collection(spec);
  for (let from = 0; from < docs.length; from += writesAtOnce) {
    const answers = await Promise.all(docs.slice(from, from + writesAtOnce).map((doc) => rows.insert(doc)));
    if (answers.includes('duplicate')) throw new AppError('bad_request', `the backup holds two documents of ${spec.name} of which there can be only one`);
  }
}
