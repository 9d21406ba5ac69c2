import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { backupDatabase } from '../embedded/backup.js';
import { openEmbedded } from '../embedded/engine.js';
import type { EmbeddedEngine } from '../embedded/raw-sql.js';
import type { CollectionSpec } from '../driver.js';

/**
 * A copy of a living embedded database as of one moment, opened for reading, beside the file that a backup is to become
 * (it takes as much space as the database for that long). Another process may be at work on the original.
 */
export async function openSnapshot(database: string, besides: string, specs: readonly CollectionSpec<never>[]): Promise<{ engine: EmbeddedEngine; close(): Promise<void> }> {
  const file = `${resolve(besides)}.${randomBytes(4).toString('hex')}.snapshot`;
  const remove = async (): Promise<void> => {
    for (const part of ['', '-wal', '-shm', '.part']) await rm(file + part, { force: true });
  };
  try {
    await backupDatabase(database, file);
    const engine = await openEmbedded({ file });
    await engine.prepare(specs);
    return {
      engine,
      close: async () => {
        await engine.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
