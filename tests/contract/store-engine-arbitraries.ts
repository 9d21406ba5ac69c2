import fc from 'fast-check';
import type { AnyDoc } from './store-engine-model.js';

/** Random documents, filters, sorts and updates for the store's contract: few values, so that they meet often. */
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
const strings = ['', 'a', 'A', 'ab', 'b', 'ä', '1', 'true', '$gt', "x' OR '1'='1", '😀', '\uffff', 'a\0b', 'a\u0001', '\u0001\u0001'] as const;
const numbers = [0, 1, -1, 2, 3, 10, 0.5, -7.25, 1e15, Number.MAX_SAFE_INTEGER, 1e21] as const;

const id = fc.constantFrom(...ids);
const string = fc.constantFrom(...strings);
const number = fc.constantFrom(...numbers);
const small = fc.integer({ min: -3, max: 3 });
export const scalar = fc.oneof(string, number, fc.boolean());
const list = fc.array(fc.oneof(string, small, fc.boolean()), { maxLength: 3 });

/** `any`, `n`, `s`, `flag`, `o.x` hold scalars (they are indexed in one of the two collections); `list`, `o.list`, `o` do not. */
export const document: fc.Arbitrary<AnyDoc> = fc.record(
  {
    _id: id,
    any: scalar,
    n: small,
    s: string,
    flag: fc.boolean(),
    list,
    o: fc.record({ x: scalar, n: small, list }, { requiredKeys: [] }),
  },
  { requiredKeys: ['_id'] },
) as fc.Arbitrary<AnyDoc>;

export const documents = fc.uniqueArray(document, { selector: (doc) => doc._id, maxLength: 8 });

const path = fc.constantFrom('_id', 'any', 'n', 's', 'flag', 'list', 'o', 'o.x', 'o.n', 'o.list', 'gone', 'o.gone', 's.gone');
const scalars = fc.array(fc.oneof(scalar, small, id), { maxLength: 5 });
const value = fc.oneof(scalar, small, id);

const condition = fc.oneof(
  value,
  fc.record({ $eq: value, $ne: value, $gt: value, $gte: value, $lt: value, $lte: value, $in: scalars, $nin: scalars, $exists: fc.boolean() }, { requiredKeys: [] })
    .filter((fields) => Object.keys(fields).length > 0)
    .map((fields) => Object.fromEntries(Object.entries(fields).slice(0, 2))),
  ...(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'] as const).map((op) => value.map((wanted) => ({ [op]: wanted }))),
  ...(['$in', '$nin'] as const).map((op) => scalars.map((wanted) => ({ [op]: wanted }))),
  fc.boolean().map((wanted) => ({ $exists: wanted })),
);

const fields = fc.dictionary(path, condition, { maxKeys: 2 });

export const filter: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{ filter: Record<string, unknown> }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fields,
    fc.tuple(fields, fc.array(tie('filter'), { minLength: 0, maxLength: 3 })).map(([own, branches]) => ({ ...own, $or: branches })),
    fc.tuple(fields, fc.array(tie('filter'), { minLength: 1, maxLength: 3 })).map(([own, branches]) => ({ ...own, $and: branches })),
  ),
})).filter;

/** A filter for an upsert: `_id`, and equalities on fields that the updates below leave alone. */
export const upsertFilter = fc.record({ _id: id, any: scalar, 'o.x': scalar }, { requiredKeys: ['_id'] });

const direction = fc.constantFrom<1 | -1>(1, -1);

/** Always ends in `_id`, so that the order is fully determined. */
export const sort = fc.tuple(fc.uniqueArray(fc.tuple(fc.constantFrom('any', 'n', 's', 'flag', 'o.x', 'o.n'), direction), { selector: ([name]) => name, maxLength: 2 }), direction)
  .map(([keys, last]) => Object.fromEntries([...keys, ['_id', last]]) as Record<string, 1 | -1>);

/** For cursors: fields that exist and hold one type in `completeDocuments`. */
export const cursorSort = fc.tuple(fc.uniqueArray(fc.tuple(fc.constantFrom('n', 's', 'flag', 'o.n'), direction), { selector: ([name]) => name, maxLength: 3 }), direction)
  .map(([keys, last]) => Object.fromEntries([...keys, ['_id', last]]) as Record<string, 1 | -1>);

export const completeDocuments = fc.uniqueArray(
  fc.record({ _id: id, n: small, s: string, flag: fc.boolean(), o: fc.record({ n: small }) }) as unknown as fc.Arbitrary<AnyDoc>,
  { selector: (doc) => doc._id, maxLength: 8 },
);

const listValue = fc.oneof(string, small, fc.record({ x: small }));

type Step = [op: string, path: string, value: unknown];
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constant('$set'), fc.constant('s'), string),
  fc.tuple(fc.constant('$set'), fc.constant('flag'), fc.boolean()),
  fc.tuple(fc.constant('$set'), fc.constantFrom('fresh', 'o.fresh', 'deep.er.fresh'), fc.oneof(scalar, list, fc.record({ x: scalar }))),
  fc.tuple(fc.constant('$setOnInsert'), fc.constantFrom('born', 'o.born'), scalar),
  fc.tuple(fc.constant('$unset'), fc.constantFrom('s', 'flag', 'n', 'o.n', 'list', 'gone', 'deep.er', 's.gone'), fc.constant(true as const)),
  fc.tuple(fc.constantFrom('$inc', '$max', '$min'), fc.constantFrom('n', 'o.n', 'counter', 'deep.counter'), small),
  fc.tuple(fc.constantFrom('$push', '$addToSet'), fc.constantFrom('list', 'o.list', 'extra'), listValue),
  // Top-level only: DocumentDB leaves an empty object where `$pull` leads through a missing one, MongoDB leaves nothing.
  fc.tuple(fc.constant('$pull'), fc.constantFrom('list', 'gone'), fc.oneof(string, small)),
);

/** Steps that touch different paths, none enclosing another (the port refuses those). */
export const update = fc.array(step, { maxLength: 4 }).map((steps) => {
  const result: Record<string, Record<string, unknown>> = {};
  const taken: string[] = [];
  for (const [op, name, wanted] of steps) {
    if (taken.some((other) => other === name || other.startsWith(`${name}.`) || name.startsWith(`${other}.`))) continue;
    taken.push(name);
    (result[op] ??= {})[name] = wanted;
  }
  return result;
});

export type Action =
  | { do: 'insert'; doc: AnyDoc }
  | { do: 'change'; filter: Record<string, unknown>; update: Record<string, Record<string, unknown>> }
  | { do: 'upsert'; filter: { _id: string } & Record<string, unknown>; update: Record<string, Record<string, unknown>> }
  | { do: 'changeAll'; filter: Record<string, unknown>; update: Record<string, Record<string, unknown>> }
  | { do: 'delete'; filter: Record<string, unknown>; limit: number | undefined };

/** A `change` names its document by `_id`, since any one of several matches may be taken. */
export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 2, arbitrary: document.map((doc) => ({ do: 'insert' as const, doc })) },
  { weight: 4, arbitrary: fc.tuple(id, filter, update).map(([_id, own, change]) => ({ do: 'change' as const, filter: { $and: [{ _id }, own] }, update: change })) },
  { weight: 3, arbitrary: fc.tuple(upsertFilter, update).map(([own, change]) => ({ do: 'upsert' as const, filter: own as { _id: string }, update: change })) },
  { weight: 1, arbitrary: fc.tuple(filter, update).map(([own, change]) => ({ do: 'changeAll' as const, filter: own, update: change })) },
  { weight: 1, arbitrary: fc.tuple(filter, fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined })).map(([own, limit]) => ({ do: 'delete' as const, filter: own, limit })) },
);
