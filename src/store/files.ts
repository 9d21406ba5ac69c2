import { randomBytes } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError, messageOf } from '../errors.js';

/** Makes a rename, link or new file in this directory survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes `file` with this content and mode 0600, whole and on disk when it resolves. Does nothing when the file exists:
 * a link, unlike a rename, never replaces.
 */
export async function createFileOnce(file: string, content: string): Promise<void> {
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw storageError(error);
  } finally {
    await rm(draft, { force: true });
  }
  await syncDirectory(dirname(file));
}

/** The system's code of a failed file operation (`ENOENT`, `ENOSPC` …); `undefined` for any other error. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** `disk_full` or `store_unavailable` for an error of the file system; anything else comes back as it is. */
export function storageError(error: unknown): unknown {
  const code = errnoOf(error);
  if (code === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('disk_full', 'there is no space left on the disk', { cause: error });
  return new AppError('store_unavailable', `the file system refused: ${messageOf(error)}`, { cause: error });
}
