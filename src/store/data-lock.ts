import Database from 'libsql';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, messageOf } from '../errors.js';

export interface DataLock {
  release(): Promise<void>;
}

/**
 * Claims a data folder for this process: the server for as long as it runs, a restore while it swaps. The lock is one of
 * the operating system's, taken through an empty SQLite file, so it ends with its process however that ends; nothing
 * has to be cleaned up after kill -9. Throws `conflict`, with `who` holds it, when another process has it. Works on
 * local file systems only.
 */
export async function acquireDataLock(folder: string, who: string): Promise<DataLock> {
  await mkdir(folder, { recursive: true });
  const note = join(folder, 'lock.txt');
  const database = lock(join(folder, 'lock'));
  if (database === undefined) throw await heldBy(folder, note);
  await writeFile(note, `${who}, process ${process.pid}\n`);
  return {
    release: async () => {
      await rm(note, { force: true });
      database.close();
    },
  };
}

function lock(file: string): InstanceType<typeof Database> | undefined {
  const database = new Database(file);
  try {
    database.exec('PRAGMA busy_timeout = 0');
    database.exec('PRAGMA journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (cause) {
    database.close();
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE_BUSY')) return undefined;
    throw new AppError('store_unavailable', `the data folder cannot be locked: ${messageOf(cause)}`, { cause });
  }
}

async function heldBy(folder: string, note: string): Promise<AppError> {
  const holder = (await readFile(note, 'utf8').catch(() => '')).trim();
  return new AppError('conflict', `the data folder ${folder} is in use${holder === '' ? '' : ` by ${holder}`}`, { facts: { folder, holder } });
}
