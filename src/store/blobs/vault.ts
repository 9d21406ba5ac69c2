import { randomBytes } from 'node:crypto';
import type { BlobStore } from '../../inbox/ports.js';

/** What backup, restore and clean-up need beyond the inbox's port. */
export interface BlobVault extends BlobStore {
  /** Every blob's id, in no order; blobs that come or go meanwhile may or may not be among them. */
  ids(): AsyncIterable<string>;
  /** Puts bytes back under the id they had; one that is there already stays as it is. Durable when it resolves. */
  putBack(blobId: string, bytes: Uint8Array): Promise<void>;
}

const idPattern = /^[0-9a-f]{32}$/;

/** 128 random bits as 32 hex digits: nobody can guess one, and it is safe as a file name. */
export function newBlobId(): string {
  return randomBytes(16).toString('hex');
}

/** The one check that stands before an id touches a path or a query. */
export function isBlobId(text: unknown): text is string {
  return typeof text === 'string' && idPattern.test(text);
}

/** Carries an error of the caller's own stream past our error handling. */
class CallersError extends Error {
  constructor(readonly reason: unknown) {
    super('the source of a blob failed');
  }
}

/** One shape for what `put` takes. An error of the source is marked; `sourceErrorIn` finds it again. */
export async function* chunksOf(bytes: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (bytes instanceof Uint8Array) {
    yield bytes;
    return;
  }
  const source = bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await source.next().catch((reason: unknown) => {
        throw new CallersError(reason);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await source.return?.();
  }
}

/** What the caller's stream threw, if that is what ended a write. */
export function sourceErrorIn(error: unknown): { reason: unknown } | undefined {
  return error instanceof CallersError ? { reason: error.reason } : undefined;
}
