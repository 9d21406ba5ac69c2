import { expect } from 'chai';
import type { Collection, Engine, Filter, Update } from '../../src/store/driver.js';
import { eachEngine } from '../support/engines.js';
import { codeOf, spec, type Ticket } from './store-engine-tickets.js';

describe('A store engine', () => {
  eachEngine((_name, open) => {
    let engine: Engine;
    let rows: Collection<Ticket>;
    before(async () => {
      engine = await open();
      await engine.prepare([spec as never]);
      rows = engine.durable.collection(spec);
    });
    beforeEach(() => rows.delete({}));

    const ids = async (filter: Filter<Ticket>): Promise<string> => (await rows.find(filter, { limit: 100, sort: { _id: 1 } })).map((row) => row._id).join('');

    describe('inserting', () => {
      it('keeps a document exactly as it was, with every kind of value', async () => {
        const doc: Ticket = {
          _id: 'ключ/🗝', status: 'a\u0000b\u0001', rank: 1_785_000_000_123, urgent: false, tags: ['ß', 0.1, true, ['x'], { y: [] }, ''],
          owner: { id: "o'neil\"; --", seen: [{}] }, payload: { $set: { 'a.b': 1 }, $where: 'x', '': null, constructor: 1, list: [null, -2.5e-7, 1e300] },
        };
        expect(await rows.insert(doc)).to.equal('inserted');
        expect(await rows.findOne({ _id: doc._id })).to.deep.equal(doc);
        expect(await rows.findOne({ status: 'a\u0000b\u0001' })).to.deep.equal(doc);
        expect(await rows.findOne({ 'owner.id': "o'neil\"; --" })).to.deep.equal(doc);
      });

      it('says "duplicate" for a second document of the same _id, and keeps the first', async () => {
        await rows.insert({ _id: 'a', rank: 1 });
        expect(await rows.insert({ _id: 'a', rank: 2 })).to.equal('duplicate');
        expect(await rows.findOne({ _id: 'a' })).to.deep.equal({ _id: 'a', rank: 1 });
      });

      it('says "duplicate" for a second document of the same unique key, and lets many have none', async () => {
        expect(await rows.insert({ _id: 'a', key: 'k' })).to.equal('inserted');
        expect(await rows.insert({ _id: 'b', key: 'k' })).to.equal('duplicate');
        expect(await rows.insert({ _id: 'c' })).to.equal('inserted');
        expect(await rows.insert({ _id: 'd' })).to.equal('inserted');
        expect(await ids({})).to.equal('acd');
      });

      it('lets exactly one of many equal inserts at the same moment win', async () => {
        const answers = await Promise.all(Array.from({ length: 20 }, (_, rank) => rows.insert({ _id: 'race', rank })));
        expect(answers.filter((answer) => answer === 'inserted')).to.have.length(1);
      });

      it('refuses what is not plain JSON, and says where', async () => {
        for (const bad of [undefined, null, NaN, Infinity, new Date(0), 1n, new Map(), () => 1]) {
          expect(await codeOf(rows.insert({ _id: 'x', payload: bad })), String(bad)).to.equal('bug');
          if (bad !== null) expect(await codeOf(rows.insert({ _id: 'x', payload: { deep: [bad] } })), String(bad)).to.equal('bug');
        }
        expect(await rows.count({})).to.equal(0);
      });

      it('refuses nesting without end as a bad request', async () => {
        let payload: unknown = 1;
        for (let i = 0; i < 5_000; i++) payload = [payload];
        expect(await codeOf(rows.insert({ _id: 'x', payload }))).to.equal('bad_request');
        expect(await codeOf(rows.insert({ _id: 'x', payload: { list: [{ 'a\0': 1 }] } }))).to.equal('bad_request');
      });
    });

    describe('changing', () => {
      const start: Ticket = { _id: 'a', status: 'open', rank: 5, tags: ['x', 'y', 'x'], owner: { id: 'ada', load: 1 } };
      const changes: [string, Update<Ticket>, Partial<Ticket> & { [key: string]: unknown }, (keyof Ticket)[]?][] = [
        ['$set', { $set: { status: 'done', 'owner.id': 'bo' } }, { status: 'done', owner: { id: 'bo', load: 1 } }],
        ['$set of a path that is not there yet', { $set: { 'payload.deep.er': 1 } }, { payload: { deep: { er: 1 } } }],
        ['$set of an object that looks like an operator', { $set: { payload: { $inc: { rank: 1 } } } }, { payload: { $inc: { rank: 1 } } }],
        ['$unset', { $unset: { status: true, 'owner.load': true } }, { owner: { id: 'ada' } }, ['status']],
        ['$unset of what is not there', { $unset: { key: true, 'payload.x': true } }, {}],
        ['$inc', { $inc: { rank: -2, 'owner.load': 4 } }, { rank: 3, owner: { id: 'ada', load: 5 } }],
        ['$inc of what is not there', { $inc: { 'payload.n': 2 } }, { payload: { n: 2 } }],
        ['$max', { $max: { rank: 9, 'owner.load': 0 } }, { rank: 9 }],
        ['$min', { $min: { rank: 9, 'owner.load': 0 } }, { owner: { id: 'ada', load: 0 } }],
        ['$push', { $push: { tags: 'z' } }, { tags: ['x', 'y', 'x', 'z'] }],
        ['$push of a list as one element', { $push: { tags: ['z'] } }, { tags: ['x', 'y', 'x', ['z']] }],
        ['$push of an object that looks like a modifier', { $push: { tags: { $each: [1] } } }, { tags: ['x', 'y', 'x', { $each: [1] }] }],
        ['$push to what is not there', { $push: { 'owner.seen': 1 } }, { owner: { id: 'ada', load: 1, seen: [1] } }],
        ['$addToSet of something new', { $addToSet: { tags: 'z' } }, { tags: ['x', 'y', 'x', 'z'] }],
        ['$addToSet of something old', { $addToSet: { tags: 'y' } }, {}],
        ['$pull of every equal element', { $pull: { tags: 'x' } }, { tags: ['y'] }],
        ['several at once', { $set: { status: 'done' }, $inc: { rank: 1 }, $pull: { tags: 'y' } }, { status: 'done', rank: 6, tags: ['x', 'x'] }],
        ['nothing', {}, {}],
        ['$setOnInsert, which does nothing to a document that is there', { $setOnInsert: { status: 'new' } }, {}],
      ];
      for (const [what, update, difference, gone] of changes) {
        it(`applies ${what}, and returns the document before and after`, async () => {
          await rows.insert(start);
          const expected: Record<string, unknown> = { ...start, ...difference };
          for (const field of gone ?? []) delete expected[field];
          expect(await rows.change({ _id: 'a' }, update)).to.deep.equal({ before: start, after: expected });
          expect(await rows.findOne({ _id: 'a' })).to.deep.equal(expected);
        });
      }

      it('changes nothing when the precondition does not hold', async () => {
        await rows.insert(start);
        expect(await rows.change({ _id: 'a', status: 'done' }, { $set: { rank: 0 } })).to.equal(undefined);
        expect(await rows.findOne({ _id: 'a' })).to.deep.equal(start);
      });

      it('lets exactly one of many claims at the same moment win', async () => {
        await rows.insert({ _id: 'a', status: 'free' });
        const claims = await Promise.all(Array.from({ length: 20 }, (_, rank) => rows.change({ _id: 'a', status: 'free' }, { $set: { status: 'taken', rank } })));
        expect(claims.filter((claim) => claim !== undefined)).to.have.length(1);
      });

      it('loses none of many increments at the same moment, and each returns its own', async () => {
        await rows.insert({ _id: 'a' });
        const changes = await Promise.all(Array.from({ length: 30 }, () => rows.change({ _id: 'a' }, { $inc: { rank: 1 } })));
        expect(changes.map((change) => change?.after.rank).sort((a, b) => (a ?? 0) - (b ?? 0))).to.deep.equal(Array.from({ length: 30 }, (_, i) => i + 1));
      });

      it('creates a missing document by upsert from the filter, $setOnInsert and the update', async () => {
        const changed = await rows.change({ _id: 'a', status: 'open', 'owner.id': 'ada', rank: { $exists: false } }, { $inc: { rank: 2 }, $setOnInsert: { 'owner.load': 1 } }, { upsert: true });
        expect(changed).to.deep.equal({ after: { _id: 'a', status: 'open', owner: { id: 'ada', load: 1 }, rank: 2 } });
        expect(await rows.findOne({ _id: 'a' })).to.deep.equal(changed?.after);
      });

      it('creates nothing by upsert when the document is there and the rest of the filter does not hold', async () => {
        await rows.insert(start);
        expect(await rows.change({ _id: 'a', status: 'done' }, { $set: { rank: 0 } }, { upsert: true })).to.equal(undefined);
        expect(await rows.findOne({ _id: 'a' })).to.deep.equal(start);
      });

      it('creates one document by many upserts at the same moment, and every one of them counts', async () => {
        const all = await Promise.all(Array.from({ length: 20 }, () => rows.change({ _id: 'a' }, { $inc: { rank: 1 } }, { upsert: true })));
        expect(all.filter((change) => change?.before === undefined)).to.have.length(1);
        expect(all.map((change) => change?.after.rank ?? 0).sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 20 }, (_, i) => i + 1));
      });

      it('refuses a change that would break a unique key, and keeps both documents', async () => {
        await rows.insert({ _id: 'a', key: 'k' });
        await rows.insert({ _id: 'b', key: 'l' });
        expect(await codeOf(rows.change({ _id: 'b' }, { $set: { key: 'k' } }))).to.equal('conflict');
        expect(await codeOf(rows.change({ _id: 'c' }, { $set: { key: 'k' } }, { upsert: true }))).to.equal('conflict');
        expect(await rows.find({}, { sort: { _id: 1 }, limit: 10 })).to.deep.equal([{ _id: 'a', key: 'k' }, { _id: 'b', key: 'l' }]);
      });

      it('changes every match, more than one batch of them', async () => {
        await engine.work(async (driver) => {
          for (let rank = 0; rank < 450; rank++) await driver.collection(spec).insert({ _id: `t${rank}`, rank, status: rank < 420 ? 'open' : 'done' });
        });
        expect(await rows.changeAll({ status: 'open' }, { $set: { status: 'done' }, $inc: { rank: 1_000 } })).to.equal(420);
        expect(await rows.count({ status: 'done', rank: { $gte: 1_000 } })).to.equal(420);
        expect(await rows.delete({ status: 'done' }, { limit: 250 })).to.equal(250);
        expect(await rows.delete({})).to.equal(200);
      });
    });
  });
});
