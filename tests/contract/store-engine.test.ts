import { expect } from 'chai';
import type { Collection, CollectionSpec, Engine, Filter, Update } from '../../src/store/driver.js';
import { AppError } from '../../src/errors.js';
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

    describe('being asked for what is not on its list', () => {
      const asFilter = (filter: object): Filter<Ticket> => filter as Filter<Ticket>;
      const asUpdate = (update: object): Update<Ticket> => update as Update<Ticket>;

      it('refuses unknown operators, values that are not scalars, and names that are not plain', async () => {
        const bad = [
          { status: { $regex: '.*' } }, { status: { $not: { $eq: 1 } } }, { $where: 'true' }, { $nor: [] }, { $expr: {} }, { status: { $eq: { $gt: '' } } },
          { status: { a: 1 } }, { status: {} }, { status: ['open'] }, { status: null }, { status: undefined }, { status: { $in: 'open' } }, { status: { $in: [{ $gt: '' }] } },
          { status: { $exists: 1 } }, { rank: { $gt: NaN } }, { $or: {} }, { 'status"; DROP TABLE tickets; --': 1 }, { 'a..b': 1 }, { "it's": 1 }, { '__proto__.x': 1 }, { 'a.constructor': 1 },
          { 'a b': 1 }, { ' status': 1 },
        ];
        for (const filter of bad) {
          expect(await codeOf(rows.find(asFilter(filter), { limit: 1 })), JSON.stringify(filter)).to.equal('bug');
          expect(await codeOf(rows.delete(asFilter(filter))), JSON.stringify(filter)).to.equal('bug');
          expect(await codeOf(rows.change(asFilter(filter), { $set: { rank: 1 } })), JSON.stringify(filter)).to.equal('bug');
        }
        expect(await codeOf(rows.find({}, { sort: { 'a; b': 1 } as never, limit: 1 }))).to.equal('bug');
        expect(await codeOf(rows.find({}, { sort: { rank: 'DESC' } as never, limit: 1 }))).to.equal('bug');
        expect(await codeOf(rows.find({}, { sort: { rank: 1 }, after: [1, 2], limit: 1 }))).to.equal('bug');
        expect(await codeOf(rows.find({}, { sort: { rank: 1 }, after: [{ $gt: '' }] as never, limit: 1 }))).to.equal('bug');
      });

      it('refuses updates that are unknown, touch a path twice, or change the _id', async () => {
        const bad = [
          { $rename: { a: 'b' } }, { status: 'x' }, { $set: { _id: 'b' } }, { $set: { 'a b': 1 } }, { $set: { '__proto__.polluted': 1 } }, { $set: { rank: null } },
          { $set: { rank: 1 }, $inc: { rank: 1 } }, { $set: { owner: {}, 'owner.id': 'x' } }, { $set: { payload: NaN } }, { $set: 5 },
        ];
        await rows.insert({ _id: 'a', rank: 1 });
        for (const update of bad) expect(await codeOf(rows.change({ _id: 'a' }, asUpdate(update))), JSON.stringify(update)).to.equal('bug');
        expect(await codeOf(rows.change({ rank: 1 }, { $inc: { rank: 1 } }, { upsert: true }))).to.equal('no error');
        expect(await codeOf(rows.change({ rank: 1 }, { $inc: { rank: 1 } }, { upsert: true })), 'an upsert without _id').to.equal('bug');
        expect(await rows.findOne({ _id: 'a' })).to.deep.equal({ _id: 'a', rank: 2 });
        expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
      });

      it('refuses to count with what is not a number, and to add to what is not a list', async () => {
        await rows.insert({ _id: 'a', status: 'open', tags: [] });
        for (const update of [{ $inc: { status: 1 } }, { $push: { status: 1 } }, { $set: { 'status.x': 1 } }, { $addToSet: { status: 1 } }]) {
          expect(await codeOf(rows.change({ _id: 'a' }, asUpdate(update))), JSON.stringify(update)).to.equal('bug');
        }
        expect(await rows.findOne({ _id: 'a' })).to.deep.equal({ _id: 'a', status: 'open', tags: [] });
      });
    });

    describe('as a whole', () => {
      it('keeps what was written by work, with answers as it goes', async () => {
        const answer = await engine.work(async (driver) => {
          const own = driver.collection(spec);
          expect(await own.insert({ _id: 'a', rank: 1 })).to.equal('inserted');
          expect(await own.insert({ _id: 'a', rank: 1 })).to.equal('duplicate');
          const changed = await own.change({ _id: 'a' }, { $inc: { rank: 1 } });
          return changed?.after.rank;
        });
        expect(answer).to.equal(2);
        expect(await rows.findOne({ _id: 'a' })).to.deep.equal({ _id: 'a', rank: 2 });
      });

      it('gives documents that are the caller’s own: what they do to them, and to what they gave, changes nothing kept', async () => {
        const given = { rank: 1, tags: ['a'], owner: { id: 'x' } };
        await rows.insert({ _id: 'a', ...given } as Ticket);
        const owner = { id: 'y', list: [{ deep: 1 }] };
        const changed = await rows.change({ _id: 'a' }, { $set: { owner } } as Update<Ticket>);
        owner.list.push({ deep: 2 });
        for (const mine of [given, changed?.before, changed?.after, await rows.findOne({ _id: 'a' }), (await rows.find({ _id: 'a' }, { limit: 1 }))[0]]) {
          const own = mine as { tags: string[]; owner: { id: string } };
          own.tags.push('spoilt');
          own.owner.id = 'spoilt';
        }
        expect(await rows.findOne({ _id: 'a' })).to.deep.equal({ _id: 'a', rank: 1, tags: ['a'], owner: { id: 'y', list: [{ deep: 1 }] } });
        expect((await rows.change({ _id: 'a' }, { $inc: { rank: 1 } }))?.after).to.deep.equal({ _id: 'a', rank: 2, tags: ['a'], owner: { id: 'y', list: [{ deep: 1 }] } });
      });

      it('passes on what a unit of work throws', async () => {
        expect(await codeOf(engine.work(() => Promise.reject(new AppError('gone', 'test'))))).to.equal('gone');
        expect(await codeOf(engine.work(() => { throw new AppError('gone', 'test'); }))).to.equal('gone');
      });

      it('says that it is writable', async () => {
        expect(await engine.writable()).to.equal(true);
      });

      it('keeps documents and indexes when it is opened and prepared again', async () => {
        const first = await open({ database: 'again' });
        await first.prepare([spec as never]);
        await first.durable.collection(spec).insert({ _id: 'a', key: 'k', urgent: true, owner: { id: 'ada' } });
        await first.close();
        const second = await open({ database: 'again' });
        await second.prepare([spec as never]);
        await second.prepare([spec as never]);
        const own = second.durable.collection(spec);
        expect(await own.findOne({ key: 'k' })).to.deep.equal({ _id: 'a', key: 'k', urgent: true, owner: { id: 'ada' } });
        expect(await own.insert({ _id: 'b', key: 'k' })).to.equal('duplicate');
      });

      it('finds older documents by an index that was declared later', async () => {
        const first = await open({ database: 'later' });
        const bare: CollectionSpec<Ticket> = { name: 'tickets', indexes: [] };
        await first.prepare([bare as never]);
        const docs: Ticket[] = Array.from({ length: 1_200 }, (_, i) => ({ _id: `t${String(i).padStart(4, '0')}`, status: i % 2 === 0 ? 'open' : 'done\0', rank: i, urgent: i % 3 === 0, owner: { id: `o${i}`, load: i }, payload: { text: '\ud83d half' } }));
        await first.work(async (driver) => {
          for (const doc of docs) await driver.collection(bare).insert(doc);
        });
        await first.close();
        const second = await open({ database: 'later' });
        await second.prepare([spec as never]);
        const own = second.durable.collection(spec);
        expect(await own.find({ status: 'done\0' }, { sort: { rank: -1, _id: -1 }, limit: 2 }).then((found) => found.map((row) => row.rank))).to.deep.equal([1_199, 1_197]);
        expect((await own.findOne({ 'owner.id': 'o7' }))?.owner).to.deep.equal({ id: 'o7', load: 7 });
        expect(await own.count({ urgent: true })).to.equal(400);
        expect(await own.count({ payload: { $exists: true } })).to.equal(1_200);
      });

      it('names the index that it cannot build', async () => {
        const first = await open({ database: 'clash' });
        const bare: CollectionSpec<Ticket> = { name: 'tickets', indexes: [] };
        await first.prepare([bare as never]);
        for (const _id of ['a', 'b']) await first.durable.collection(bare).insert({ _id, key: 'same' });
        const failure = await first.prepare([spec as never]).then(() => undefined, (error: unknown) => error as AppError);
        expect(failure?.code).to.equal('store_unavailable');
        expect(String(failure?.facts['index'])).to.match(/tickets.*key/);
      });
    });
  });
});
