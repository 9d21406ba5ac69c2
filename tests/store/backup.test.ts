import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { finishSwap } from '../../src/store/backup/embedded-target.js';
import { backup, restore } from '../../src/store/backup/tasks.js';
import { conversationSpec } from '../../src/store/collections/conversations.js';
import { messageSpec } from '../../src/store/collections/messages.js';
import { acquireDataLock } from '../../src/store/data-lock.js';
import type { Engine } from '../../src/store/driver.js';
import { setStoreVersion, storeVersion } from '../../src/store/migrations/run-migrations.js';
import { eachEngine } from '../support/engines.js';
import { append, contentsOf, conversationOf, makeSearch, messageOf, openSearch, StoreWorld } from './backup-world.js';

const faultOf = (task: Promise<unknown>): Promise<{ code?: string; message?: string }> => task.then(() => ({ code: 'none' }), (error: { code: string; message: string }) => error);

eachEngine((name, _open, whereIs) => {
  describe('backup and restore', () => {
    const worlds: StoreWorld[] = [];
    let count = 0;
    const newWorld = async (): Promise<StoreWorld> => {
      const world = await StoreWorld.make(whereIs(`backup${(count += 1)}`));
      worlds.push(world);
      return world;
    };
    const options = (world: StoreWorld, changes: object = {}) => ({ ...world.place(), replace: false, rebuildSearch: makeSearch, ...changes });

    /** A store with some of everything, and its backup. */
    async function filledWorld(): Promise<{ world: StoreWorld; file: string; contents: Record<string, unknown> }> {
      const world = await newWorld();
      const contents = await world.with(async ({ engine, blobs }) => {
        for (let n = 0; n < 25; n += 1) {
          await engine.durable.collection(conversationSpec).insert(conversationOf(n));
          for (let seq = 1; seq <= 12; seq += 1) await append(engine, n, seq);
        }
        for (const size of [0, 1, 196_607, 196_608, 196_609, 700_000]) await blobs.put(randomBytes(size));
        await setStoreVersion(engine, 2);
        return contentsOf({ engine, blobs });
      });
      await backup(world.file('a.backup'), world.place());
      return { world, file: world.file('a.backup'), contents };
    }
    let filled: Awaited<ReturnType<typeof filledWorld>>;
    before(async function () {
      this.timeout(120_000);
      filled = await filledWorld();
    });
    after(async () => {
      for (const world of worlds) await world.remove();
    });

    it('bring back every document and every file, and search finds them', async () => {
      const fresh = await newWorld();
      const report = await restore(filled.file, options(fresh));
      expect(report).to.deep.include({ blobs: 6, secretFits: true });
      expect(report.counts).to.include({ conversations: 25, messages: 300 });
      await fresh.with(async (store) => {
        expect(await contentsOf(store)).to.deep.equal(filled.contents);
        expect(await storeVersion(store.engine, 3)).to.equal(2);
        const search = await openSearch(store.engine);
        expect((await search.query({ text: 'bestellungen RE-7-003', limit: 5 })).hits.map((hit) => hit.messageId)).to.deep.equal([messageOf(7, 3)._id]);
        await search.stop();
      });
      expect(fresh.lines).to.include.members(['messages: 300', 'conversations: 25', 'making the search index', 'done']);
    });

    it('make a file that only its owner can read, and never write over one', async () => {
      expect((await stat(filled.file)).mode & 0o777).to.equal(0o600);
      const before = await readFile(filled.file);
      expect((await faultOf(backup(filled.file, filled.world.place()))).code).to.equal('conflict');
      expect((await readFile(filled.file)).equals(before)).to.equal(true);
      expect((await readdir(filled.world.folder)).filter((one) => one.includes('snapshot') || one.endsWith('.part'))).to.deep.equal([]);
    });

    it('take a whole backup while messages keep coming in', async function () {
      this.timeout(120_000);
      const world = await newWorld();
      const fresh = await newWorld();
      const { engine, blobs } = await world.open();
      for (let n = 0; n < 10; n += 1) await engine.durable.collection(conversationSpec).insert(conversationOf(n));
      let writing = true;
      let acknowledged = 0;
      const load = (async () => {
        for (let seq = 1; writing; seq += 1) {
          await Promise.all(Array.from({ length: 10 }, (_, n) => append(engine, n, seq)));
          if (seq % 5 === 0) await blobs.put(randomBytes(2_000));
          acknowledged = seq;
        }
      })();
      while (acknowledged < 20) await new Promise((resolve) => setTimeout(resolve, 5));
      const atLeast = acknowledged;
      await backup(world.file('living.backup'), world.place());
      const during = acknowledged;
      writing = false;
      await load;
      await engine.close();
      expect(during, 'messages came in meanwhile').to.be.above(atLeast);
      await restore(world.file('living.backup'), options(fresh));
      await fresh.with(async (store) => expectWhole(store.engine, atLeast));
    });

    async function expectWhole(engine: Engine, atLeast: number): Promise<void> {
      for (let n = 0; n < 10; n += 1) {
        const conversation = await engine.durable.collection(conversationSpec).findOne({ _id: `conv${n}` });
        const messages = await engine.durable.collection(messageSpec).find({ conversationId: `conv${n}` }, { sort: { seq: 1 }, limit: 100_000 });
        const seqs = messages.map((message) => message.seq);
        expect(seqs.length).to.be.at.least(atLeast);
        expect(seqs).to.deep.equal(seqs.map((_, at) => at + 1));
        if (name === 'embedded') expect(conversation?.lastSeq, 'as of one moment').to.equal(seqs.length);
        else expect(conversation?.lastSeq).to.be.at.least(seqs.length);
      }
    }

    it('refuse a damaged, cut-off, foreign or empty file, and touch nothing', async function () {
      this.timeout(120_000);
      const world = await newWorld();
      await world.with(async ({ engine }) => void (await engine.durable.collection(conversationSpec).insert(conversationOf(99))));
      const contents = await world.with(contentsOf);
      const whole = await readFile(filled.file);
      const plain = gunzipSync(whole).toString('utf8');
      const lines = plain.trimEnd().split('\n');
      const flipped = Buffer.from(whole);
      flipped[Math.floor(whole.length / 2)] = flipped[Math.floor(whole.length / 2)]! ^ 4;
      const cases: Record<string, Buffer> = {
        'one bit': flipped,
        'cut in the middle': whole.subarray(0, Math.floor(whole.length / 2)),
        'one byte short': whole.subarray(0, -1),
        'cut after the header': gzipSync(`${lines[0]}\n`),
        'without its checksum': gzipSync(`${lines.slice(0, -1).join('\n')}\n`),
        'one line less': gzipSync(`${[...lines.slice(0, 3), ...lines.slice(4)].join('\n')}\n`),
        'a changed text': gzipSync(plain.replace('Nachricht 3', 'Nachricht 4')),
        'two lines swapped': gzipSync(`${[lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n')}\n`),
        'no backup': gzipSync('{"hello":"world"}\n'),
        'no gzip': Buffer.from('PK nothing of the kind'),
        empty: Buffer.alloc(0),
      };
      for (const [kind, bytes] of Object.entries(cases)) {
        await writeFile(world.file('bad.backup'), bytes);
        const fault = await faultOf(restore(world.file('bad.backup'), options(world, { replace: true })));
        expect(fault.code, kind).to.equal('bad_request');
        expect(fault.message, kind).to.include('not a whole, undamaged backup');
      }
      expect((await faultOf(restore(world.file('nowhere.backup'), options(world, { replace: true })))).code).to.equal('bad_request');
      expect(await world.with(contentsOf)).to.deep.equal(contents);
    });

    it('refuse a backup of a newer version', async () => {
      const fresh = await newWorld();
      const fault = await faultOf(restore(filled.file, options(fresh, { knownVersion: 1 })));
      expect(fault).to.include({ code: 'config_invalid', message: 'this backup was written by a newer Rapport: restore it with that one' });
    });

    it('refuse a store that is not empty, unless it is to be replaced', async () => {
      const world = await newWorld();
      await world.with(async ({ engine, blobs }) => {
        await engine.durable.collection(conversationSpec).insert(conversationOf(99));
        await blobs.put(Buffer.from('old'));
      });
      const fault = await faultOf(restore(filled.file, options(world)));
      expect(fault.code).to.equal('conflict');
      expect(fault.message).to.include('it has conversations').and.include('--replace');
      await restore(filled.file, options(world, { replace: true }));
      await world.with(async (store) => expect(await contentsOf(store)).to.deep.equal(filled.contents));
    });

    it('refuse to restore beside a running server, and say so', async () => {
      const world = await newWorld();
      const lock = await acquireDataLock(world.folder, 'the server');
      const fault = await faultOf(restore(filled.file, options(world)));
      expect(fault.code).to.equal('conflict');
      expect(fault.message).to.include(`in use by the server, process ${process.pid}: stop it, then restore. Nothing was changed`);
      await lock.release();
      await restore(filled.file, options(world));
    });

    it('say when the passwords in the backup need another secret', async () => {
      const world = await newWorld();
      await world.with(async ({ engine }) => void (await engine.durable.collection(conversationSpec).insert(conversationOf(1))));
      await backup(world.file('b.backup'), world.place({ secretId: 'aaaa' }));
      const fresh = await newWorld();
      expect(await restore(world.file('b.backup'), options(fresh, { secretId: 'bbbb' }))).to.have.property('secretFits', false);
      expect(fresh.lines.join('\n')).to.include('sealed with another secret (aaaa)');
    });

    // On MongoDB the index is made after the swap.
    if (name === 'embedded') it('leave nothing behind when a restore fails on the way', async () => {
      const world = await newWorld();
      await world.with(async ({ engine }) => void (await engine.durable.collection(conversationSpec).insert(conversationOf(99))));
      const contents = await world.with(contentsOf);
      const fault = await faultOf(restore(filled.file, options(world, { replace: true, rebuildSearch: () => Promise.reject(new Error('on the way')) })));
      expect(fault.message).to.equal('on the way');
      expect(await world.with(contentsOf)).to.deep.equal(contents);
      expect(await readdir(world.folder)).to.not.include('restoring');
    });
  });
});

describe('a restore into the data folder', () => {
  const worlds: StoreWorld[] = [];
  after(async () => {
    for (const world of worlds) await world.remove();
  });

  for (const renamed of [0, 1, 2, 3, 4]) {
    it(`is ended by the next start when a power cut came after ${renamed} of its renamings`, async () => {
      const world = await StoreWorld.make({ kind: 'embedded', file: '' });
      worlds.push(world);
      const { layout } = world.place();
      const path = (...parts: string[]): string => join(world.folder, ...parts);
      for (const [folder, content] of [['', 'old'], ['restoring', 'new']] as const) {
        await mkdir(path(folder, 'uploads'), { recursive: true });
        await writeFile(path(folder, 'uploads', 'file'), content);
        await writeFile(path(folder, 'rapport.db'), content);
      }
      await writeFile(path('rapport.db-wal'), 'old');
      await writeFile(path('restore-swap'), 'replaced-1');
      await mkdir(path('replaced-1'), { recursive: true });
      const steps = [['rapport.db', 'replaced-1/rapport.db'], ['restoring/rapport.db', 'rapport.db'], ['rapport.db-wal', 'replaced-1/rapport.db-wal'], ['uploads', 'replaced-1/uploads']] as const;
      for (const [from, to] of steps.slice(0, renamed)) await rename(path(from), path(to));
      await finishSwap(layout);
      await finishSwap(layout);
      expect((await readdir(world.folder)).sort()).to.deep.equal(['rapport.db', 'replaced-1', 'uploads']);
      expect((await readdir(path('replaced-1'))).sort()).to.deep.equal(['rapport.db', 'rapport.db-wal', 'uploads']);
      for (const [folder, content] of [['', 'new'], ['replaced-1', 'old']] as const) {
        expect(await readFile(path(folder, 'rapport.db'), 'utf8')).to.equal(content);
        expect(await readFile(path(folder, 'uploads', 'file'), 'utf8')).to.equal(content);
      }
    });
  }

  it('keeps what it replaced', async () => {
    const world = await StoreWorld.make({ kind: 'embedded', file: '' });
    worlds.push(world);
    await world.with(async ({ engine }) => void (await engine.durable.collection(conversationSpec).insert(conversationOf(1))));
    await backup(world.file('a.backup'), world.place());
    await restore(world.file('a.backup'), { ...world.place(), replace: true, rebuildSearch: makeSearch });
    expect(await readdir(world.folder)).to.include('replaced-20261105120000');
    expect(await readdir(world.file('replaced-20261105120000'))).to.include('rapport.db');
  });
});
