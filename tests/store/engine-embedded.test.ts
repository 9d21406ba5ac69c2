import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AppError } from '../../src/errors.js';
import type { Collection, CollectionSpec, Doc } from '../../src/store/driver.js';
import { openEmbedded } from '../../src/store/embedded/engine.js';
import type { EmbeddedEngine, SqlValue } from '../../src/store/embedded/raw-sql.js';
import { embeddedDatabases } from '../support/engines.js';

interface Row extends Doc {
  n: number;
  text?: string;
}

const spec: CollectionSpec<Row> = { name: 'rows', indexes: [{ name: 'n', keys: { n: 1, _id: 1 } }] };

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'no error';
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
  }
}

/** Commits in the write-ahead log: the frames that carry the size of the database. https://sqlite.org/fileformat2.html#the_write_ahead_log */
function commitsIn(file: string): number {
  const log = readFileSync(`${file}-wal`);
  const frame = 24 + log.readUInt32BE(8);
  let commits = 0;
  for (let at = 32; at + frame <= log.length; at += frame) if (log.readUInt32BE(at + 4) !== 0) commits++;
  return commits;
}

describe('The embedded store', () => {
  const databases = embeddedDatabases();
  let engine: EmbeddedEngine;
  let rows: Collection<Row>;
  beforeEach(async () => {
    engine = await databases.open();
    await engine.prepare([spec as never]);
    rows = engine.durable.collection(spec);
  });
  afterEach(() => engine.close());

  describe('committing', () => {
    it('shares one commit between all writes of the same tick, from wherever they come', async () => {
      engine.sql.all('PRAGMA wal_checkpoint(TRUNCATE)');
      await Promise.all([
        ...Array.from({ length: 500 }, (_, n) => rows.insert({ _id: `a${n}`, n })),
        ...Array.from({ length: 100 }, (_, n) => engine.work(async (driver) => {
          await driver.collection(spec).insert({ _id: `b${n}`, n });
          await driver.collection(spec).change({ _id: `b${n}` }, { $inc: { n: 1 } });
        })),
        engine.groupWrite((sql) => sql.exec('CREATE TABLE search_test (one)')),
      ]);
      expect(await rows.count({})).to.equal(600);
      expect(commitsIn(engine.file)).to.equal(1);
    });

    it('answers inside a unit of work before the commit, and outside after it', async () => {
      const told: string[] = [];
      const single = rows.insert({ _id: 'single', n: 1 }).then(() => told.push('single'));
      const work = engine.work(async (driver) => {
        const own = driver.collection(spec);
        await own.insert({ _id: 'a', n: 1 });
        await own.change({ _id: 'a' }, { $inc: { n: 1 } });
        told.push('inside');
      }).then(() => told.push('work'));
      await Promise.all([single, work]);
      expect(told[0]).to.equal('inside');
      expect(told.slice(1)).to.have.members(['single', 'work']);
      expect(engine.sql.get('SELECT count(*) FROM rows')).to.deep.equal([2]);
    });

    it('keeps the other writes of a tick when one of them fails', async () => {
      await rows.insert({ _id: 'there', n: 0 });
      const answers = await Promise.allSettled([
        rows.insert({ _id: 'a', n: 1 }),
        rows.insert({ _id: 'there', n: 2 }),
        rows.insert({ _id: 'b', n: Number.NaN }),
        rows.change({ _id: 'there' }, { $push: { n: 1 } }),
        engine.groupWrite((sql) => sql.run('INSERT INTO rows (_id, n, _doc) VALUES (?, 1, ?)', ['there', '{}'])),
        engine.groupWrite((sql) => {
          sql.run('INSERT INTO rows (_id, n, _doc) VALUES (?, 1, ?)', ['half', '{}']);
          throw new AppError('gone', 'in the middle');
        }),
        engine.groupWrite((sql) => sql.run('no SQL')),
        engine.work(async (driver) => {
          await driver.collection(spec).insert({ _id: 'c', n: 3 });
        }),
        rows.insert({ _id: 'd', n: 4 }),
      ]);
      const told = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : (answer.reason as AppError).code));
      expect(told).to.deep.equal(['inserted', 'duplicate', 'bug', 'bug', 'conflict', 'gone', 'bug', undefined, 'inserted']);
      expect((await rows.find({}, { sort: { _id: 1 }, limit: 10 })).map((row) => row._id)).to.deep.equal(['a', 'c', 'd', 'there']);
    });

    it('tells everybody who shares a commit when it fails, keeps nothing of it, and goes on', async () => {
      await engine.groupWrite((sql) => sql.exec('CREATE TABLE parent (id PRIMARY KEY); CREATE TABLE child (id REFERENCES parent DEFERRABLE INITIALLY DEFERRED)'));
      const answers = [
        rows.insert({ _id: 'a', n: 1 }),
        engine.groupWrite((sql) => sql.run("INSERT INTO child VALUES ('orphan')")),
        engine.work(async (driver) => driver.collection(spec).insert({ _id: 'b', n: 1 })),
        rows.insert({ _id: 'a', n: 2 }),
      ];
      for (const answer of answers) expect(await codeOf(answer)).to.equal('store_unavailable');
      expect(await rows.count({})).to.equal(0);
      expect(await rows.insert({ _id: 'a', n: 1 })).to.equal('inserted');
    });

    it('keeps nothing of a failed commit in memory either', async () => {
      const hotSpec: CollectionSpec<Row> = { name: 'hotRows', hot: true, indexes: [] };
      await engine.prepare([hotSpec as never]);
      const hot = engine.durable.collection(hotSpec);
      await hot.insert({ _id: 'a', n: 1 });
      await engine.groupWrite((sql) => sql.exec('CREATE TABLE parent (id PRIMARY KEY); CREATE TABLE child (id REFERENCES parent DEFERRABLE INITIALLY DEFERRED)'));
      const answers = [hot.change({ _id: 'a' }, { $inc: { n: 1 } }), hot.insert({ _id: 'b', n: 1 }), engine.groupWrite((sql) => sql.run("INSERT INTO child VALUES ('orphan')"))];
      for (const answer of answers) expect(await codeOf(answer)).to.equal('store_unavailable');
      expect(await hot.findOne({ _id: 'a' })).to.deep.equal({ _id: 'a', n: 1 });
      expect(await hot.findOne({ _id: 'b' })).to.equal(undefined);
      expect((await hot.change({ _id: 'a', n: 1 }, { $inc: { n: 1 } }))?.after).to.deep.equal({ _id: 'a', n: 2 });
    });

    it('shows nobody what another does to a document it was given', async () => {
      const hotSpec: CollectionSpec<Row> = { name: 'hotRows', hot: true, indexes: [] };
      await engine.prepare([hotSpec as never]);
      const hot = engine.durable.collection(hotSpec);
      await hot.insert({ _id: 'a', n: 1 });
      const mine = await hot.findOne({ _id: 'a' });
      if (mine !== undefined) mine.n = 99;
      expect(await hot.findOne({ _id: 'a' })).to.deep.equal({ _id: 'a', n: 1 });
    });

    it('fails a unit of work whose first commit failed, although it went on writing', async () => {
      await engine.groupWrite((sql) => sql.exec('CREATE TABLE parent (id PRIMARY KEY); CREATE TABLE child (id REFERENCES parent DEFERRABLE INITIALLY DEFERRED)'));
      let orphan: Promise<unknown> = Promise.resolve();
      const work = engine.work(async (driver) => {
        await driver.collection(spec).insert({ _id: 'first', n: 1 });
        orphan = engine.groupWrite((sql) => sql.run("INSERT INTO child VALUES ('orphan')"));
        await codeOf(orphan);
        await driver.collection(spec).insert({ _id: 'second', n: 2 });
      });
      expect(await codeOf(work)).to.equal('store_unavailable');
      expect(await codeOf(orphan)).to.equal('store_unavailable');
      expect(await rows.count({})).to.equal(0);
    });
  });

  describe('on a full disk', () => {
    const limit = (pages: number): void => void engine.sql.all(`PRAGMA max_page_count = ${pages}`);

    it('refuses with disk_full, keeps what it had, and goes on when there is room again', async () => {
      await rows.insert({ _id: 'before', n: 1 });
      limit(Number(engine.sql.get('PRAGMA page_count')?.[0]) + 3);
      const large = 'x'.repeat(100_000);
      expect(await codeOf(rows.insert({ _id: 'large', n: 2, text: large }))).to.equal('disk_full');
      expect(await codeOf(engine.work(async (driver) => driver.collection(spec).insert({ _id: 'large', n: 2, text: large })))).to.equal('disk_full');
      expect((await rows.find({}, { limit: 10 })).map((row) => row._id)).to.deep.equal(['before']);
      limit(1_000_000);
      expect(await rows.insert({ _id: 'large', n: 2, text: large })).to.equal('inserted');
      expect(engine.sql.all('PRAGMA integrity_check')).to.deep.equal([['ok']]);
    });

    it('says that it is not writable', async () => {
      await rows.insert({ _id: 'a', n: 1, text: 'x'.repeat(3_000) });
      limit(Number(engine.sql.get('PRAGMA page_count')?.[0]));
      expect(await engine.writable()).to.equal(false);
      limit(1_000_000);
      expect(await engine.writable()).to.equal(true);
    });
  });

  describe('as SQL', () => {
    it('refuses values that the native binding would die of', async () => {
      for (const bad of [true, undefined, new Date(0), {}]) {
        expect(() => engine.sql.all('SELECT ?', [bad as unknown as SqlValue])).to.throw(AppError).with.property('code', 'bug');
        expect(await codeOf(engine.groupWrite((sql) => sql.run('INSERT INTO rows (_id, _doc) VALUES (?, 1)', [bad as unknown as SqlValue])))).to.equal('bug');
      }
    });

    it('refuses a write that no commit would be waited for, also beside an open one', async () => {
      const open = rows.insert({ _id: 'open', n: 1 });
      expect(() => engine.sql.run("INSERT INTO rows (_id, _doc) VALUES ('a', '{}')")).to.throw(AppError).with.property('code', 'bug');
      await open;
      expect(() => engine.sql.exec('DROP TABLE rows')).to.throw(AppError).with.property('code', 'bug');
    });

    it('gives back what was written: texts, numbers, bytes and nothing', async () => {
      const values: SqlValue[] = ['ü', 1.5, 7, null, Buffer.from([1, 2])];
      expect(await engine.groupWrite((sql) => sql.get('SELECT ?, ?, ?, ?, ?', values))).to.deep.equal(values);
      expect(engine.sql.get('SELECT 1 WHERE 0')).to.equal(undefined);
      expect(await engine.groupWrite((sql) => sql.run("INSERT INTO rows (_id, _doc) VALUES ('a', '{}')").changes)).to.equal(1);
    });
  });

  it('finds no document by a collection that was not prepared, and answers nothing after it was closed', async () => {
    expect(await codeOf(engine.durable.collection({ name: 'unknown', indexes: [] }).findOne({ _id: 'a' }))).to.equal('bug');
    const write = rows.insert({ _id: 'last', n: 1 });
    await engine.close();
    expect(await write).to.equal('inserted');
    expect(await codeOf(rows.insert({ _id: 'a', n: 1 }))).to.equal('store_unavailable');
    expect(await codeOf(rows.findOne({ _id: 'a' }))).to.equal('store_unavailable');
    expect(await codeOf(engine.groupWrite(() => 1))).to.equal('store_unavailable');
    expect(await engine.writable()).to.equal(false);
  });

  it('keeps every acknowledged write when the file cannot grow any more, says so, and still reads', async () => {
    const file = databases.fileOf('limited');
    const script = fileURLToPath(new URL('engine-limited-writer.ts', import.meta.url));
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', 'ulimit -f 2000; exec "$0" --import tsx "$1" "$2"', process.execPath, script, file]);
    const told = JSON.parse(stdout) as { acknowledged: number; code: string; readable: number; writable: boolean };
    expect(told.code).to.be.oneOf(['store_unavailable', 'disk_full']);
    expect(told.acknowledged).to.be.greaterThan(10);
    expect(told.readable).to.equal(told.acknowledged);
    expect(told.writable).to.equal(false);
    const again = await databases.open({ database: 'limited' });
    await again.prepare([spec as never]);
    expect(await again.durable.collection(spec).count({})).to.equal(told.acknowledged);
    expect(again.sql.all('PRAGMA integrity_check')).to.deep.equal([['ok']]);
  });

  it('says plainly when its file cannot be opened', async () => {
    expect(await codeOf(openEmbedded({ file: `${engine.file}/no/such/folder.sqlite` }))).to.equal('store_unavailable');
  });
});
