import { createGridFsBlobs } from '../blobs/gridfs.js';
import type { BlobVault } from '../blobs/vault.js';
import type { CollectionSpec, Doc } from '../driver.js';
import { mongoStoreError } from '../mongo/errors.js';
import type { MongoEngine } from '../mongo/port.js';
import { holdsInWords, specIn } from './contents.js';
import type { RestoreTarget } from './restore.js';

const prefix = 'restoring_';

/**
 * Restores into collections named `restoring_…` and then renames them over those in use, one after the other. No other
 * process may be at work on the database meanwhile; nothing can tell from here. A crash while renaming leaves a mixture:
 * then restore once more.
 */
export function mongoTarget(engine: MongoEngine, specs: readonly CollectionSpec<never>[]): RestoreTarget {
  const blobs = new CountingBlobs(createGridFsBlobs(engine.db));
  const touched = new Map(specs.map((spec) => [spec.name, specIn(specs, spec.name)]));
  return {
    holds: async () => {
      const filled: string[] = [];
      for (const { name } of touched.values()) if (await guard(() => engine.db.collection(name).findOne({}, { projection: { _id: 1 } }))) filled.push(name);
      return holdsInWords(filled);
    },
    begin: async () => {
      await dropDrafts(engine);
      const collectionOf = (name: string): CollectionSpec<Doc> => {
        const spec = touched.get(name) ?? specIn(specs, name);
        touched.set(name, spec);
        return { ...spec, name: prefix + name };
      };
      for (const spec of specs) await engine.prepare([collectionOf(spec.name) as never]);
      return { engine, blobs, collectionOf };
    },
    swap: async (complete) => {
      const drafts = new Set((await guard(() => engine.db.listCollections({}, { nameOnly: true }).toArray())).map((one) => one.name));
      for (const { name } of touched.values()) {
        if (drafts.has(prefix + name)) await guard(() => engine.db.renameCollection(prefix + name, name, { dropTarget: true }));
        else await guard(() => engine.db.collection(name).deleteMany({}));
      }
      await complete();
      for await (const id of blobs.ids()) if (!blobs.restored.has(id)) await blobs.delete(id);
    },
    abandon: () => dropDrafts(engine),
  };
}

/** Remembers which files the backup brought: all others belong to what was replaced. */
class CountingBlobs implements BlobVault {
  readonly restored = new Set<string>();

  constructor(private readonly inner: BlobVault) {}

  async putBack(blobId: string, bytes: Uint8Array): Promise<void> {
    await this.inner.putBack(blobId, bytes);
    this.restored.add(blobId);
  }

  put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<{ blobId: string; size: number }> {
    return this.inner.put(bytes);
  }

  get(blobId: string): Promise<Buffer | undefined> {
    return this.inner.get(blobId);
  }

  delete(blobId: string): Promise<void> {
    return this.inner.delete(blobId);
  }

  ids(): AsyncIterable<string> {
    return this.inner.ids();
  }
}

async function dropDrafts(engine: MongoEngine): Promise<void> {
  const collections = await guard(() => engine.db.listCollections({}, { nameOnly: true }).toArray());
  for (const { name } of collections) if (name.startsWith(prefix)) await guard(() => engine.db.dropCollection(name));
}

async function guard<R>(task: () => Promise<R>): Promise<R> {
  try {
    return await task();
  } catch (cause) {
    throw mongoStoreError(cause);
  }
}
