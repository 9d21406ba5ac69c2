import type { BlobStore } from '../../src/inbox/ports.js';

/** Files for tests that are not about files. */
export function memoryBlobs(): BlobStore {
  const kept = new Map<string, Buffer>();
  return {
    put: async (bytes) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) chunks.push(chunk);
      const blobId = `blob${kept.size + 1}`;
      kept.set(blobId, Buffer.concat(chunks));
      return { blobId, size: kept.get(blobId)?.byteLength ?? 0 };
    },
    get: (blobId) => Promise.resolve(kept.get(blobId)),
    delete: (blobId) => {
      kept.delete(blobId);
      return Promise.resolve();
    },
  };
}
