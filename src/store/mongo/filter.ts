import { AppError } from '../../errors.js';
import type { Scalar } from '../driver.js';
import { isScalar, type Term } from '../filter.js';
import { partsOf } from '../path.js';

type MongoFilter = Record<string, unknown>;

/**
 * Checked terms as a MongoDB filter. Every value stands behind an operator written here (`{ $eq: value }`) and is a
 * scalar, so nothing from outside can become an operator.
 */
export function mongoFilter(terms: readonly Term[]): MongoFilter {
  const parts = terms.map(termFilter);
  if (parts.length === 0) return {};
  return parts.length === 1 ? (parts[0] as MongoFilter) : { $and: parts };
}

function termFilter(term: Term): MongoFilter {
  if (term.op === '$or') return term.branches.length === 0 ? nothing : { $or: term.branches.map(mongoFilter) };
  if ('values' in term) return { [term.path]: { [term.op]: [...term.values] } };
  return { [term.path]: { [term.op]: term.value } };
}

const nothing: MongoFilter = { _id: { $in: [] } };

/** The driver's sort, checked. */
export function mongoSort(sort: object | undefined): [string, 1 | -1][] {
  return Object.entries(sort ?? {}).map(([path, direction]) => {
    partsOf(path);
    if (direction !== 1 && direction !== -1) throw new AppError('bug', 'a sort direction is 1 or -1', { facts: { path } });
    return [path, direction];
  });
}

/** "Strictly after this cursor": a range on the first key (for the index) and the expansion by $or. */
export function mongoAfter(sort: readonly [string, 1 | -1][], after: readonly Scalar[]): MongoFilter {
  if (sort.length === 0 || sort.length !== after.length || !after.every(isScalar)) {
    throw new AppError('bug', 'a cursor needs one scalar for every field of the sort');
  }
  const branches = sort.map(([path, direction], i) => {
    const equal = sort.slice(0, i).map(([earlier], j) => ({ [earlier]: { $eq: after[j] } }));
    return { $and: [...equal, { [path]: { [direction === 1 ? '$gt' : '$lt']: after[i] } }] };
  });
  const [first] = sort as [[string, 1 | -1]];
  const range = { [first[0]]: { [first[1] === 1 ? '$gte' : '$lte']: after[0] } };
  return branches.length === 1 ? (branches[0] as MongoFilter) : { $and: [range, { $or: branches }] };
}
