import { expect } from 'chai';
import fc from 'fast-check';
import type { Collection, CollectionSpec, Engine, Filter, Scalar, Sort, Update } from '../../src/store/driver.js';
import { eachEngine, type EngineName } from '../support/engines.js';
import { action, completeDocuments, cursorSort, documents, filter, sort, type Action } from './store-engine-arbitraries.js';
import { at, created, matches, sorted, updated, type AnyDoc } from './store-engine-model.js';

/** The same documents with every scalar field indexed (a column of its own in the embedded store), and with none. */
const cold: CollectionSpec<AnyDoc>[] = [
  {
    name: 'indexed',
    indexes: [
      { name: 'any', keys: { any: 1, _id: 1 } },
      { name: 'n_s', keys: { n: -1, s: 1, _id: -1 } },
      { name: 'flagged', keys: { s: 1 }, where: { flag: true } },
      { name: 'deep', keys: { 'o.x': 1, 'o.n': -1 } },
      { name: 'listed', keys: { n: 1 }, where: { list: { $exists: true } } },
    ],
  },
  { name: 'plain', indexes: [] },
];
/** The same once more, kept in memory as far as an engine does that. */
const specs = [...cold, ...cold.map((spec) => ({ ...spec, name: `${spec.name}Hot`, hot: true }))];

const runs = (name: EngineName): number => (name === 'embedded' ? 400 : 60);

describe('The store answers like its model, whatever it is asked', () => {
  eachEngine((name, open) => {
    for (const spec of specs) {
      describe(`with documents in the collection "${spec.name}"`, () => {
        let engine: Engine;
        let rows: Collection<AnyDoc>;
        before(async () => {
          engine = await open();
          await engine.prepare([spec as never]);
          rows = engine.durable.collection(spec);
        });

        async function fill(docs: readonly AnyDoc[]): Promise<void> {
          await rows.delete({});
          await engine.work(async (driver) => {
            const own = driver.collection(spec);
            for (const doc of docs) expect(await own.insert(doc)).to.equal('inserted');
          });
        }

        it('finds and counts exactly the documents that match, in the order asked for', async () => {
          await fc.assert(fc.asyncProperty(documents, fc.array(fc.tuple(filter, sort), { minLength: 1, maxLength: 10 }), async (docs, queries) => {
            await fill(docs);
            for (const [own, order] of queries) {
              const expected = sorted(docs.filter((doc) => matches(doc, own)), order);
              const query = own as Filter<AnyDoc>;
              expect(await rows.find(query, { sort: order as Sort<AnyDoc>, limit: 100 })).to.deep.equal(expected);
              expect(await rows.find(query, { sort: order as Sort<AnyDoc>, limit: 2 })).to.deep.equal(expected.slice(0, 2));
              expect(await rows.count(query)).to.equal(expected.length);
              expect(await rows.count(query, { limit: 2 })).to.equal(Math.min(2, expected.length));
              const one = await rows.findOne(query);
              if (expected.length === 0) expect(one).to.equal(undefined);
              else expect(expected).to.deep.include(one);
            }
          }), { numRuns: runs(name) });
        });

        it('pages through all matches by cursor without a gap or a double', async () => {
          await fc.assert(fc.asyncProperty(completeDocuments, filter, cursorSort, fc.integer({ min: 1, max: 3 }), async (docs, own, order, limit) => {
            await fill(docs);
            const seen: AnyDoc[] = [];
            let after: Scalar[] | undefined;
            for (;;) {
              const page: AnyDoc[] = await rows.find(own as Filter<AnyDoc>, { sort: order as Sort<AnyDoc>, limit, ...(after === undefined ? {} : { after }) });
              seen.push(...page);
              const last = page.at(-1);
              if (last === undefined || page.length < limit || seen.length > docs.length) break;
              after = Object.keys(order).map((path) => at(last, path) as Scalar);
            }
            expect(seen).to.deep.equal(sorted(docs.filter((doc) => matches(doc, own)), order));
          }), { numRuns: runs(name) });
        });

        it('keeps the documents that the same writes leave in the model', async () => {
          await fc.assert(fc.asyncProperty(documents, fc.array(action, { minLength: 1, maxLength: 8 }), async (docs, actions) => {
            await fill(docs);
            const model = new Map(docs.map((doc) => [doc._id, doc]));
            for (const step of actions) {
              const deleted = await compare(rows, model, step);
              for (const id of deleted) model.delete(id);
            }
            expect(await rows.find({}, { sort: { _id: 1 }, limit: 100 })).to.deep.equal(sorted([...model.values()], { _id: 1 }));
          }), { numRuns: runs(name) });
        });
      });
    }
  });
});

/** Does one action on both and compares the answers. Returns the ids that a limited delete chose. */
async function compare(rows: Collection<AnyDoc>, model: Map<string, AnyDoc>, step: Action): Promise<string[]> {
  switch (step.do) {
    case 'insert': {
      const known = model.has(step.doc._id);
      expect(await rows.insert(step.doc)).to.equal(known ? 'duplicate' : 'inserted');
      if (!known) model.set(step.doc._id, step.doc);
      return [];
    }
    case 'change': {
      const before = [...model.values()].find((doc) => matches(doc, step.filter));
      const after = before === undefined ? undefined : updated(before, step.update);
      expect(await rows.change(step.filter as Filter<AnyDoc>, step.update as Update<AnyDoc>)).to.deep.equal(before === undefined ? undefined : { before, after });
      if (after !== undefined) model.set(after._id, after);
      return [];
    }
    case 'upsert':
      await compareUpsert(rows, model, step);
      return [];
    case 'changeAll': {
      const found = [...model.values()].filter((doc) => matches(doc, step.filter));
      expect(await rows.changeAll(step.filter as Filter<AnyDoc>, step.update as Update<AnyDoc>)).to.equal(found.length);
      for (const doc of found) model.set(doc._id, updated(doc, step.update));
      return [];
    }
    case 'delete': {
      const found = [...model.values()].filter((doc) => matches(doc, step.filter));
      const expected = Math.min(found.length, step.limit ?? Infinity);
      expect(await rows.delete(step.filter as Filter<AnyDoc>, step.limit === undefined ? {} : { limit: step.limit })).to.equal(expected);
      const left = new Set((await rows.find({}, { limit: 100 })).map((doc) => doc._id));
      const gone = [...model.keys()].filter((id) => !left.has(id));
      expect(found.map((doc) => doc._id)).to.include.members(gone);
      expect(gone.length).to.equal(expected);
      return gone;
    }
  }
}

async function compareUpsert(rows: Collection<AnyDoc>, model: Map<string, AnyDoc>, step: Action & { do: 'upsert' }): Promise<void> {
  const present = model.get(step.filter._id);
  const changed = await rows.change(step.filter as Filter<AnyDoc>, step.update as Update<AnyDoc>, { upsert: true });
  if (present !== undefined && !matches(present, step.filter)) {
    expect(changed).to.equal(undefined);
    return;
  }
  const after = present === undefined ? created(step.filter, step.update) : updated(present, step.update);
  expect(changed).to.deep.equal(present === undefined ? { after } : { before: present, after });
  model.set(after._id, after);
}
