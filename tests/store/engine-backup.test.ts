import { expect } from 'chai';
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../src/errors.js';
import type { CollectionSpec, Doc } from '../../src/store/driver.js';
import type { EmbeddedEngine } from '../../src/store/embedded/raw-sql.js';
import { embeddedDatabases } from '../support/engines.js';

interface Row extends Doc {
  n: number;
  text: string;
}

const spec: CollectionSpec<Row> = { name: 'rows', indexes: [{ name: 'n', keys: { n: 1, _id: 1 } }] };

describe('A copy of the embedded store, made while it is used', () => {
  const databases = embeddedDatabases();
  let engine: EmbeddedEngine;
  before(async () => {
    engine = await databases.open({ database: 'living' });
    await engine.prepare([spec as never]);
    await engine.work(async (driver) => {
      for (let n = 0; n < 4_000; n++) await driver.collection(spec).insert({ _id: `old-${n}`, n, text: 'x'.repeat(2_000) });
    });
  });

  it('holds whole units of work only, all that were durable before, and can be opened as a store', async () => {
    let going = true;
    let rounds = 0;
    const writing = (async () => {
      while (going) {
        rounds++;
        await engine.work(async (driver) => {
          for (const part of ['a', 'b']) await driver.collection(spec).insert({ _id: `${part}-${rounds}`, n: rounds, text: 'y' });
        });
      }
    })();
    await engine.durable.collection(spec).insert({ _id: 'just-before', n: 0, text: '' });
    await engine.backupTo(databases.fileOf('copy'));
    going = false;
    await writing;
    expect(rounds, 'writers went on meanwhile').to.be.greaterThan(1);
    const copy = await databases.open({ database: 'copy' });
    await copy.prepare([spec as never]);
    const rows = copy.durable.collection(spec);
    expect(copy.sql.all('PRAGMA integrity_check')).to.deep.equal([['ok']]);
    expect(await rows.count({ text: 'x'.repeat(2_000) })).to.equal(4_000);
    expect(await rows.findOne({ _id: 'just-before' })).to.deep.equal({ _id: 'just-before', n: 0, text: '' });
    const parts = (await rows.find({ text: 'y' }, { limit: 100_000 })).map((row) => row._id);
    expect(parts.filter((id) => id.startsWith('a')).map((id) => id.slice(2))).to.have.members(parts.filter((id) => id.startsWith('b')).map((id) => id.slice(2)));
    expect(await rows.insert({ _id: 'new', n: 1, text: '' })).to.equal('inserted');
  });

  it('never replaces a file, and leaves nothing behind when it cannot be written', async () => {
    const taken = databases.fileOf('taken');
    writeFileSync(taken, 'precious');
    const codeOf = (file: string): Promise<unknown> => engine.backupTo(file).then(() => 'no error', (error: unknown) => (error instanceof AppError ? error.code : error));
    expect(await codeOf(taken)).to.equal('conflict');
    expect(await codeOf(join(dirname(taken), 'no', 'such', 'folder.sqlite'))).to.equal('conflict');
    expect(readdirSync(dirname(taken)).filter((name) => name.includes('.part'))).to.deep.equal([]);
  });
});
