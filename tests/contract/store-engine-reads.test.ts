import { expect } from 'chai';
import type { Collection, Filter } from '../../src/store/driver.js';
import { eachEngine } from '../support/engines.js';
import { spec, type Ticket } from './store-engine-tickets.js';

describe('A store engine', () => {
  eachEngine((_name, open) => {
    let rows: Collection<Ticket>;
    before(async () => {
      const engine = await open();
      await engine.prepare([spec as never]);
      rows = engine.durable.collection(spec);
    });
    beforeEach(() => rows.delete({}));

    const ids = async (filter: Filter<Ticket>): Promise<string> => (await rows.find(filter, { limit: 100, sort: { _id: 1 } })).map((row) => row._id).join('');

    describe('picking fields', () => {
      beforeEach(async () => {
        await rows.insert({ _id: 'a', status: 'open', rank: 1, urgent: true, tags: ['red', 7], owner: { id: 'ada', load: 3 }, payload: { deep: [1, { x: 'y' }] } });
        await rows.insert({ _id: 'b', status: 'done', rank: 2, urgent: false, payload: 'half a \ud83d and a \u0000' });
      });
      const sort = { _id: 1 } as const;

      it('gives those of them that a document has, wherever it keeps them, and nothing else', async () => {
        expect(await rows.pick({}, { sort, limit: 10, fields: ['_id', 'urgent', 'tags', 'payload'] })).to.deep.equal([
          { _id: 'a', urgent: true, tags: ['red', 7], payload: { deep: [1, { x: 'y' }] } }, { _id: 'b', urgent: false, payload: (await rows.findOne({ _id: 'b' }))?.payload },
        ]);
      });

      it('leaves out what the document is found and sorted by, unless it is asked for', async () => {
        expect(await rows.pick({ status: { $in: ['open', 'done'] } }, { sort: { rank: -1, _id: -1 }, limit: 10, fields: ['owner', 'rank'] })).to.deep.equal([{ rank: 2 }, { owner: { id: 'ada', load: 3 }, rank: 1 }]);
        expect(await rows.pick({ status: 'open' }, { limit: 10, fields: ['rank'] })).to.deep.equal([{ rank: 1 }]);
        expect(await rows.pick({ status: 'open' }, { limit: 10, fields: [] })).to.deep.equal([{}]);
      });

      it('keeps to the limit and goes on after a cursor', async () => {
        expect(await rows.pick({}, { sort, limit: 1, fields: ['_id'] })).to.deep.equal([{ _id: 'a' }]);
        expect(await rows.pick({}, { sort, limit: 1, after: ['a'], fields: ['_id'] })).to.deep.equal([{ _id: 'b' }]);
        expect(await rows.pick({}, { limit: 0, fields: ['_id'] })).to.deep.equal([]);
      });
    });

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
  });
});
