import { mkdir, rename, rm, stat, writeFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDirectoryBlobs } from '../blobs/directory.js';
import type { CollectionSpec } from '../driver.js';
import { openEmbedded } from '../embedded/engine.js';
import type { EmbeddedEngine } from '../embedded/raw-sql.js';
import { syncDirectory } from '../files.js';
import { partsOf } from '../path.js';
import { holdsInWords, specIn } from './contents.js';
import type { RestoreTarget } from './restore.js';

/** Names inside the data folder. */
export interface DataLayout {
  folder: string;
  /** The database file's name. */
  database: string;
  /** The folder of files. */
  files: string;
}

const draftName = 'restoring';
const marker = 'restore-swap';
const databaseParts = ['', '-wal', '-shm'];

/**
 * Restores into `restoring/` inside the data folder and then swaps by renaming; what was in use before is kept in
 * `replaced-<time>/`. The caller holds the data lock. A crash before the swap changes nothing; one during it is put
 * right by `finishSwap`.
 */
export function embeddedTarget(layout: DataLayout, specs: readonly CollectionSpec<never>[], stamp: string): RestoreTarget {
  const draft = join(layout.folder, draftName);
  let engine: EmbeddedEngine | undefined;
  return {
    holds: async () => {
      const file = join(layout.folder, layout.database);
      if (!(await exists(file))) return undefined;
      const inUse = await openEmbedded({ file });
      try {
        return holdsInWords(tablesWithRows(inUse, specs));
      } finally {
        await inUse.close();
      }
    },
    begin: async () => {
      await rm(draft, { recursive: true, force: true });
      await mkdir(draft, { recursive: true });
      engine = await openEmbedded({ file: join(draft, layout.database) });
      await engine.prepare(specs);
      return { engine, blobs: await openDirectoryBlobs(join(draft, layout.files)), collectionOf: (name) => specIn(specs, name) };
    },
    swap: async (complete) => {
      await complete();
      await engine?.close();
      await writeFile(join(layout.folder, `${marker}.part`), `replaced-${stamp}`, { flush: true });
      await rename(join(layout.folder, `${marker}.part`), join(layout.folder, marker));
      await syncDirectory(layout.folder);
      await finishSwap(layout);
    },
    abandon: async () => {
      await engine?.close();
      // From the marker on, the restored store is the one that counts.
      if (!(await exists(join(layout.folder, marker)))) await rm(draft, { recursive: true, force: true });
    },
  };
}

/**
 * Ends a swap that a crash has interrupted; does nothing when there is none. To be called before the store is opened,
 * under the data lock.
 */
export async function finishSwap(layout: DataLayout): Promise<void> {
  const note = join(layout.folder, marker);
  if (!(await exists(note))) return;
  const kept = join(layout.folder, (await readFile(note, 'utf8')).trim());
  const draft = join(layout.folder, draftName);
  await mkdir(kept, { recursive: true });
  for (const name of [...databaseParts.map((part) => layout.database + part), layout.files]) await swapOne(layout.folder, name, draft, kept);
  await syncDirectory(kept);
  await syncDirectory(layout.folder);
  await rm(note);
  await rm(draft, { recursive: true, force: true });
}

/** Each renaming can be found done or not done; what is in `kept` already must not be overwritten by the new one. */
async function swapOne(folder: string, name: string, draft: string, kept: string): Promise<void> {
  const [inUse, fresh, old] = [join(folder, name), join(draft, name), join(kept, name)];
  if ((await exists(inUse)) && !(await exists(old)) && ((await exists(fresh)) || name.endsWith('-wal') || name.endsWith('-shm'))) await rename(inUse, old);
  if (await exists(fresh)) await rename(fresh, inUse);
}

/** Looks at the tables themselves: preparing the collections would already change the store. */
function tablesWithRows(engine: EmbeddedEngine, specs: readonly CollectionSpec<never>[]): string[] {
  const tables = new Set(engine.sql.all(`SELECT name FROM sqlite_master WHERE type = 'table'`).map(([name]) => name));
  return specs.map((spec) => spec.name).filter((name) => tables.has(name) && engine.sql.get(`SELECT 1 FROM "${partsOf(name).join('.')}" LIMIT 1`) !== undefined);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
