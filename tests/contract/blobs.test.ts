import { expect } from 'chai';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { MongoClient } from 'mongodb';
import { openDirectoryBlobs } from '../../src/store/blobs/directory.js';
import { createGridFsBlobs } from '../../src/store/blobs/gridfs.js';
import type { BlobVault } from '../../src/store/blobs/vault.js';
import { findMongo } from '../support/mongo.js';
import { requirePeer } from '../support/peers.js';

interface Started {
  blobs: BlobVault;
  close(): Promise<void>;
}

/** Each implementation adds itself here. */
const implementations: { name: string; start: (context: Context) => Promise<Started> }[] = [
  {
    name: 'directory',
    start: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'rapport-blobs-'));
      return { blobs: await openDirectoryBlobs(folder), close: () => rm(folder, { recursive: true }) };
    },
  },
  {
    name: 'gridfs',
    start: async (context) => {
      const peer = await findMongo();
      requirePeer(context, 'a MongoDB server', peer !== undefined);
      if (peer === undefined) throw new Error('skipped');
      const client = await MongoClient.connect(peer.url);
      const db = client.db(`test_blobs_${process.pid}`);
      return {
        blobs: createGridFsBlobs(db),
        close: async () => {
          await db.dropDatabase();
          await client.close();
          await peer.release();
        },
      };
    },
  },
];

async function* inPieces(...pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    await new Promise(setImmediate);
    yield piece;
  }
}

async function idsOf(blobs: BlobVault): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of blobs.ids()) ids.push(id);
  return ids.sort();
}

for (const { name, start } of implementations) {
  describe(`blobs (${name})`, () => {
    let running: Started;
    before(async function () {
      running = await start(this);
    });
    after(() => running?.close());

    it('gives back exactly the bytes that were put, given whole or in pieces', async () => {
      const pieces = fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(pieces, fc.boolean(), async (list, whole) => {
          const expected = Buffer.concat(list);
          const { blobId, size } = await running.blobs.put(whole ? expected : inPieces(...list));
          expect(size).to.equal(expected.length);
          expect((await running.blobs.get(blobId))?.equals(expected)).to.equal(true);
        }),
        { numRuns: 25 },
      );
    });

    it('keeps a file of some megabytes, and an empty one', async () => {
      const large = randomBytes(3_500_000);
      const put = await running.blobs.put(inPieces(large.subarray(0, 1_000_001), large.subarray(1_000_001)));
      expect(put.size).to.equal(large.length);
      expect((await running.blobs.get(put.blobId))?.equals(large)).to.equal(true);
      const empty = await running.blobs.put(new Uint8Array());
      expect(empty.size).to.equal(0);
      expect(await running.blobs.get(empty.blobId)).to.have.length(0);
    });

    it('gives the same bytes two ids that nobody can guess', async () => {
      const ids = await Promise.all([1, 2].map(() => running.blobs.put(Buffer.from('Rechnung'))));
      expect(ids[0]!.blobId).to.match(/^[0-9a-f]{32}$/);
      expect(ids[0]!.blobId).to.not.equal(ids[1]!.blobId);
    });

    it('has nothing under an id that was never given, or that is not an id', async () => {
      const { blobId } = await running.blobs.put(Buffer.from('x'));
      const strange = ['', '..', '../../secret', `${blobId}/../../secret`, `${blobId}\0`, blobId.toUpperCase() + 'Z', '%2e%2e', 'f'.repeat(32), ' '.repeat(32), { $ne: '' } as unknown as string];
      for (const id of strange) {
        expect(await running.blobs.get(id), JSON.stringify(id)).to.equal(undefined);
        await running.blobs.delete(id);
      }
      expect(await running.blobs.get(blobId)).to.not.equal(undefined);
    });

    it('forgets a deleted blob, and deleting twice is no error', async () => {
      const { blobId } = await running.blobs.put(Buffer.from('x'));
      await running.blobs.delete(blobId);
      await running.blobs.delete(blobId);
      expect(await running.blobs.get(blobId)).to.equal(undefined);
    });

    it('keeps nothing of an upload that broke off, and passes the reason on', async () => {
      const before = await idsOf(running.blobs);
      const reason = Object.assign(new Error('the visitor has gone'), { code: 'ECONNRESET', syscall: 'read' });
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield randomBytes(400_000);
        await Promise.resolve();
        throw reason;
      };
      const error = await running.blobs.put(broken()).then(() => undefined, (thrown: unknown) => thrown);
      expect(error).to.equal(reason);
      expect(await idsOf(running.blobs)).to.deep.equal(before);
    });

    it('lists every blob, and puts one back under the id it had', async () => {
      const bytes = Buffer.from('für die Sicherung');
      const { blobId } = await running.blobs.put(bytes);
      expect(await idsOf(running.blobs)).to.include(blobId);
      await running.blobs.delete(blobId);
      expect(await idsOf(running.blobs)).to.not.include(blobId);
      await running.blobs.putBack(blobId, bytes);
      await running.blobs.putBack(blobId, bytes);
      expect((await running.blobs.get(blobId))?.equals(bytes)).to.equal(true);
      expect((await idsOf(running.blobs)).filter((id) => id === blobId)).to.have.length(1);
      const refused = await running.blobs.putBack('../evil', bytes).then(() => undefined, (error: { code: string }) => error.code);
      expect(refused).to.equal('bad_request');
    });

    it('takes many at once', async () => {
      const contents = Array.from({ length: 40 }, (_, n) => Buffer.from(`Datei ${n}`));
      const put = await Promise.all(contents.map((bytes) => running.blobs.put(bytes)));
      const back = await Promise.all(put.map(({ blobId }) => running.blobs.get(blobId)));
      expect(back.map(String)).to.deep.equal(contents.map(String));
    });
  });
}
