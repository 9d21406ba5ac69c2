import { expect } from 'chai';
import type { Collection, CollectionSpec, Engine, Filter, Update } from '../../src/store/driver.js';
import { AppError } from '../../src/errors.js';
import { eachEngine } from '../support/engines.js';

interface Ticket {
  _id: string;
  status?: string;
  rank?: number;
  urgent?: boolean;
  tags?: unknown[];
  owner?: { id?: string; load?: number; seen?: unknown[] };
  key?: string;
  payload?: unknown;
}

const spec: CollectionSpec<Ticket> = {
  name: 'tickets',
  indexes: [
    { name: 'status_rank', keys: { status: 1, rank: -1, _id: -1 } },
    { name: 'owner', keys: { 'owner.id': 1 }, where: { 'owner.id': { $exists: true } } },
    { name: 'key', keys: { key: 1 }, unique: true, where: { key: { $exists: true } } },
    { name: 'urgent', keys: { rank: 1 }, where: { urgent: true } },
    { name: 'with_payload', keys: { rank: 1 }, where: { payload: { $exists: true } } },
  ],
};

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'no error';
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
  }
}

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

    describe('finding', () => {
      beforeEach(async () => {
        await rows.insert({ _id: 'a', status: 'open', rank: 1, urgent: true, tags: ['red', 7], owner: { id: 'ada', load: 3 } });
        await rows.insert({ _id: 'b', status: 'open', rank: 2, urgent: false, tags: [], owner: { id: 'bo' } });
        await rows.insert({ _id: 'c', status: 'done', rank: 3, tags: ['blue', 'red'] });
        await rows.insert({ _id: 'd', status: '1', rank: -4 });
      });

      const cases: [string, Filter<Ticket>, string][] = [
        ['everything with an empty filter', {}, 'abcd'],
        ['by a bare value', { status: 'open' }, 'ab'],
        ['by several fields at once', { status: 'open', rank: 2 }, 'b'],
        ['by $eq', { rank: { $eq: 3 } }, 'c'],
        ['by $ne, which also matches where the field is absent', { urgent: { $ne: true } }, 'bcd'],
        ['by $in', { status: { $in: ['done', 'open', 'never'] } }, 'abc'],
        ['nothing by an empty $in', { status: { $in: [] } }, ''],
        ['by $nin, which also matches where the field is absent', { 'owner.id': { $nin: ['ada'] } }, 'bcd'],
        ['everything by an empty $nin', { rank: { $nin: [] } }, 'abcd'],
        ['by $gt and $lt together', { rank: { $gt: -4, $lt: 3 } }, 'ab'],
        ['by $gte and $lte together', { rank: { $gte: -4, $lte: 1 } }, 'ad'],
        ['by a range of strings', { status: { $gte: 'd', $lt: 'o' } }, 'c'],
        ['no strings by a range of numbers', { status: { $gte: 0 } }, ''],
        ['no numbers by a range of strings', { rank: { $lte: 'z' } }, ''],
        ['no string "1" by the number 1', { status: 1 }, ''],
        ['no number 1 by true', { rank: true }, ''],
        ['by true and false', { urgent: false }, 'b'],
        ['by $exists', { owner: { $exists: true } }, 'ab'],
        ['by the absence of a field', { urgent: { $exists: false } }, 'cd'],
        ['an empty list as present', { tags: { $exists: true } }, 'abc'],
        ['by any element of a list', { tags: 'red' }, 'ac'],
        ['by any element of a list, with its type', { tags: '7' }, ''],
        ['by $in on a list', { tags: { $in: ['blue', 7] } }, 'ac'],
        ['by $ne on a list: no element equals', { tags: { $ne: 'red' } }, 'bd'],
        ['by $gt on a list: any element', { tags: { $gt: 6 } }, 'a'],
        ['by a dotted path', { 'owner.load': { $gte: 3 } }, 'a'],
        ['by $or', { $or: [{ status: 'done' }, { rank: { $lt: 0 } }] }, 'cd'],
        ['nothing by an empty $or', { $or: [] }, ''],
        ['by $or beside other conditions', { status: 'open', $or: [{ rank: 1 }, { rank: 3 }] }, 'a'],
        ['by $and of the same field', { $and: [{ tags: 'red' }, { tags: 'blue' }] }, 'c'],
      ];
      for (const [what, filter, expected] of cases) {
        it(`finds ${what}`, async () => {
          expect(await ids(filter)).to.equal(expected);
        });
      }

      it('sorts by several fields in both directions, absent fields first', async () => {
        await rows.insert({ _id: 'e', status: 'open' });
        const found = await rows.find({}, { sort: { status: -1, rank: 1, _id: 1 }, limit: 100 });
        expect(found.map((row) => row._id).join('')).to.equal('eabcd');
      });

      it('returns at most as many as asked for, and none for none', async () => {
        expect(await rows.find({}, { limit: 3 })).to.have.length(3);
        expect(await rows.find({}, { limit: 0 })).to.deep.equal([]);
      });

      it('goes on strictly after a cursor, also where the first field is equal', async () => {
        const sort = { status: -1, rank: 1, _id: 1 } as const;
        expect((await rows.find({}, { sort, limit: 2, after: ['open', 1, 'a'] })).map((row) => row._id)).to.deep.equal(['b', 'c']);
      });

      it('answers undefined when nothing matches', async () => {
        expect(await rows.findOne({ _id: 'zz' })).to.equal(undefined);
      });

      it('counts, and stops counting at the limit', async () => {
        expect(await rows.count({ rank: { $exists: true } })).to.equal(4);
        expect(await rows.count({}, { limit: 2 })).to.equal(2);
      });
    });

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
