import { GridFSBucket, type GridFSBucketWriteStream, MongoServerError, type Db } from 'mongodb';
import { pipeline } from 'node:stream/promises';
import { AppError, messageOf } from '../../errors.js';
import { chunksOf, isBlobId, newBlobId, sourceErrorIn, type BlobVault } from './vault.js';

const chunkSizeBytes = 255 * 1024;
const diskFullCodes = new Set([14031, 12501]);

/**
 * Blobs in MongoDB's GridFS (bucket `blobs`), for workspaces that run on MongoDB: every process sees the same files.
 * The blob's id is the file name. Written with majority and journal; the file's entry comes after its last chunk, so a
 * half-written blob does not exist.
 */
export function createGridFsBlobs(db: Db): BlobVault {
  const bucket = new GridFSBucket(db, { bucketName: 'blobs', chunkSizeBytes, writeConcern: { w: 'majority', journal: true } });
  return new GridFsBlobs(bucket);
}

class GridFsBlobs implements BlobVault {
  constructor(private readonly bucket: GridFSBucket) {}

  async put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<{ blobId: string; size: number }> {
    const blobId = newBlobId();
    return { blobId, size: await this.write(blobId, bytes) };
  }

  async putBack(blobId: string, bytes: Uint8Array): Promise<void> {
    if (!isBlobId(blobId)) throw new AppError('bad_request', 'this is not the id of a blob');
    if ((await this.filesNamed(blobId)).length === 0) await this.write(blobId, bytes);
  }

  async get(blobId: string): Promise<Buffer | undefined> {
    if (!isBlobId(blobId)) return undefined;
    return this.guard(async () => {
      const [file] = await this.filesNamed(blobId);
      if (!file) return undefined;
      const chunks: Buffer[] = [];
      for await (const chunk of this.bucket.openDownloadStream(file._id)) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    });
  }

  async delete(blobId: string): Promise<void> {
    if (!isBlobId(blobId)) return;
    await this.guard(async () => {
      for (const file of await this.filesNamed(blobId)) await this.bucket.delete(file._id);
    });
  }

  async *ids(): AsyncIterable<string> {
    for await (const file of this.bucket.find({}, { sort: { _id: 1 } })) yield file.filename;
  }

  private filesNamed(blobId: string) {
    return this.bucket.find({ filename: blobId }, { limit: 2 }).toArray();
  }

  private write(blobId: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<number> {
    return this.guard(async () => {
      const upload = this.bucket.openUploadStream(blobId);
      let size = 0;
      const counted = async function* (): AsyncGenerator<Uint8Array> {
        for await (const chunk of chunksOf(bytes)) {
          size += chunk.length;
          yield chunk;
        }
      };
      try {
        await pipeline(counted, upload);
      } catch (error) {
        await this.removeChunks(upload);
        throw error;
      }
      return size;
    });
  }

  /** Nobody can reach them, they only take space: failing to remove them must not hide the error before. */
  private async removeChunks(upload: GridFSBucketWriteStream): Promise<void> {
    await upload.chunks.deleteMany({ files_id: upload.id }).catch(() => undefined);
  }

  private async guard<R>(task: () => Promise<R>): Promise<R> {
    try {
      return await task();
    } catch (error) {
      throw toAppError(error);
    }
  }
}

function toAppError(error: unknown): unknown {
  const source = sourceErrorIn(error);
  if (source) return source.reason;
  if (error instanceof AppError) return error;
  if (error instanceof MongoServerError && diskFullCodes.has(Number(error.code))) {
    return new AppError('disk_full', 'there is no space left on the database server', { cause: error });
  }
  return new AppError('store_unavailable', `the database refused a file: ${messageOf(error)}`, { cause: error });
}
