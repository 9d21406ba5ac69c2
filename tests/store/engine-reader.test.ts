import { expect } from 'chai';
import { openEmbeddedReader } from '../../src/store/embedded/reader.js';
import { codeOf, spec } from '../contract/store-engine-tickets.js';
import { embeddedDatabases } from '../support/engines.js';

describe('Reading beside the embedded store', () => {
  const databases = embeddedDatabases();

  it('sees what is committed, also since it was opened, of one moment at a time', async () => {
    const engine = await databases.open({ database: 'moments' });
    await engine.prepare([spec as never]);
    const rows = engine.durable.collection(spec);
    await rows.insert({ _id: 'a', status: 'open' });
    const reader = openEmbeddedReader(databases.fileOf('moments'), [spec as never]);
    const read = reader.driver.collection(spec);
    expect(await read.findOne({ _id: 'a' })).to.deep.equal({ _id: 'a', status: 'open' });
    await rows.change({ _id: 'a' }, { $set: { status: 'done' } });
    expect(await read.findOne({ _id: 'a' })).to.deep.equal({ _id: 'a', status: 'done' });
    await reader.atOnce(async () => {
      expect(await read.count({})).to.equal(1);
      await rows.insert({ _id: 'b', status: 'open' });
      expect(await read.count({})).to.equal(1);
    });
    expect(await read.count({})).to.equal(2);
    reader.close();
  });

  it('writes nothing, whatever it is told, and lets the other write on', async () => {
    const engine = await databases.open({ database: 'writes' });
    await engine.prepare([spec as never]);
    const rows = engine.durable.collection(spec);
    await rows.insert({ _id: 'a', rank: 1 });
    const reader = openEmbeddedReader(databases.fileOf('writes'), [spec as never]);
    const read = reader.driver.collection(spec);
    expect(await codeOf(read.insert({ _id: 'b' }))).to.equal('bug');
    expect(await codeOf(read.change({ _id: 'a' }, { $set: { rank: 2 } }))).to.equal('bug');
    expect(await codeOf(read.delete({}))).to.equal('bug');
    expect(await codeOf(reader.atOnce(() => Promise.reject(new Error('it broke off'))))).to.match(/it broke off/u);
    await rows.change({ _id: 'a' }, { $set: { rank: 3 } });
    expect(await read.find({}, { limit: 10 })).to.deep.equal([{ _id: 'a', rank: 3 }]);
    reader.close();
  });
});
