import { createRequire } from 'node:module';
import { open, rename, rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { AppError, messageOf } from '../../errors.js';
import { storeError } from './connection.js';

// Source text, so that it runs the same from TypeScript and from a bundle.
const program = `
const { workerData } = require('node:worker_threads');
const Database = require(workerData.libsql);
const database = new Database(workerData.from);
database.exec('PRAGMA busy_timeout = 10000');
database.prepare('VACUUM INTO ?').run([workerData.to]);
database.close();
`;

/**
 * Copies the committed state of a living database to `to` by VACUUM INTO, over a second connection in a thread of its
 * own: the event loop is not blocked, writers go on (the log grows until it has ended). `to` must not exist; it
 * appears complete and synced, or not at all. Throws `conflict`, `disk_full`, `store_unavailable`.
 */
export async function backupDatabase(from: string, to: string): Promise<void> {
  await refuseExisting(to);
  const part = `${to}.part`;
  await rm(part, { force: true });
  try {
    await runWorker({ from, to: part, libsql: createRequire(import.meta.url).resolve('libsql') });
    await syncFile(part);
    await rename(part, to);
  } catch (cause) {
    await rm(part, { force: true });
    throw storeError(cause);
  }
}

function runWorker(workerData: { from: string; to: string; libsql: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { eval: true, workerData, execArgv: [] });
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the backup thread ended with ${code}`))));
  });
}

async function refuseExisting(file: string): Promise<void> {
  try {
    await (await open(file, 'wx')).close();
    await rm(file);
  } catch (cause) {
    throw new AppError('conflict', `cannot write a new file there: ${messageOf(cause)}`, { cause, facts: { file } });
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
