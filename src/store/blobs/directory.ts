import { mkdir, open, opendir, readdir, readFile, rename, rm, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors.js';
import { errnoOf, storageError, syncDirectory } from '../files.js';
import { chunksOf, isBlobId, newBlobId, sourceErrorIn, type BlobVault } from './vault.js';

/**
 * Blobs as files: `root/ab/cd/abcd….` by the first four digits of the id. A file is written under `root/incoming`,
 * synced, then renamed into place, so that what has a name is whole. `sweep` removes what a crash left half written;
 * only the process that owns the data directory may ask for it.
 */
export async function openDirectoryBlobs(root: string, options: { sweep?: boolean } = {}): Promise<BlobVault> {
  const incoming = join(root, 'incoming');
  try {
    await mkdir(incoming, { recursive: true });
    if (options.sweep) await emptyDirectory(incoming);
  } catch (error) {
    throw storageError(error);
  }
  return new DirectoryBlobs(root, incoming);
}

async function emptyDirectory(directory: string): Promise<void> {
  for (const name of await readdir(directory)) await rm(join(directory, name), { recursive: true, force: true });
}

class DirectoryBlobs implements BlobVault {
  private readonly knownFolders = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly incoming: string,
  ) {}

  async put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<{ blobId: string; size: number }> {
    const blobId = newBlobId();
    return { blobId, size: await this.write(blobId, bytes) };
  }

  async putBack(blobId: string, bytes: Uint8Array): Promise<void> {
    if (!isBlobId(blobId)) throw new AppError('bad_request', 'this is not the id of a blob');
    await this.write(blobId, bytes);
  }

  async get(blobId: string): Promise<Buffer | undefined> {
    if (!isBlobId(blobId)) return undefined;
    try {
      return await readFile(this.pathOf(blobId));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw storageError(error);
    }
  }

  async delete(blobId: string): Promise<void> {
    if (!isBlobId(blobId)) return;
    try {
      await unlink(this.pathOf(blobId));
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw storageError(error);
    }
  }

  async *ids(): AsyncIterable<string> {
    for await (const entry of await opendir(this.root, { recursive: true })) {
      if (entry.isFile() && isBlobId(entry.name)) yield entry.name;
    }
  }

  private folderOf(blobId: string): string {
    return join(this.root, blobId.slice(0, 2), blobId.slice(2, 4));
  }

  private pathOf(blobId: string): string {
    return join(this.folderOf(blobId), blobId);
  }

  private async write(blobId: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<number> {
    const draft = join(this.incoming, `${blobId}.part`);
    try {
      const size = await writeSynced(draft, bytes);
      await this.makeFolder(blobId);
      await rename(draft, this.pathOf(blobId));
      await syncDirectory(this.folderOf(blobId));
      return size;
    } catch (error) {
      await rm(draft, { force: true });
      const source = sourceErrorIn(error);
      throw source ? source.reason : storageError(error);
    }
  }

  private async makeFolder(blobId: string): Promise<void> {
    const folder = this.folderOf(blobId);
    if (this.knownFolders.has(folder)) return;
    await mkdir(folder, { recursive: true });
    await syncDirectory(this.root);
    await syncDirectory(join(this.root, blobId.slice(0, 2)));
    this.knownFolders.add(folder);
  }
}

async function writeSynced(file: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<number> {
  const handle = await open(file, 'wx', 0o600);
  try {
    const size = await writeAll(handle, bytes);
    await handle.sync();
    return size;
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of chunksOf(bytes)) {
    for (let from = 0; from < chunk.length; ) {
      const { bytesWritten } = await handle.write(chunk, from, chunk.length - from, null);
      from += bytesWritten;
    }
    size += chunk.length;
  }
  return size;
}
