import { AppError } from '../errors.js';
import type { Filter, Scalar } from './driver.js';
import { isObject, partsOf } from './path.js';

export type Comparison = '$eq' | '$ne' | '$gt' | '$gte' | '$lt' | '$lte';

/** A filter taken apart and checked: only known operators, only scalars as values, only plain paths. */
export type Term =
  | { op: Comparison; path: string; value: Scalar }
  | { op: '$in' | '$nin'; path: string; values: readonly Scalar[] }
  | { op: '$exists'; path: string; value: boolean }
  | { op: '$or'; branches: readonly (readonly Term[])[] };

/**
 * Takes a filter apart into terms joined by AND. Both engines build their query from the terms, never from the filter
 * itself, so that a value from outside cannot become an operator. Throws `bug` for anything outside the closed list.
 */
export function termsOf(filter: Filter<never> | object): Term[] {
  const terms: Term[] = [];
  collect(filter, terms);
  return terms;
}

function collect(filter: object, terms: Term[]): void {
  for (const [key, condition] of Object.entries(filter)) {
    if (key === '$or') terms.push({ op: '$or', branches: branchesOf(condition).map((branch) => termsOf(branch)) });
    else if (key === '$and') for (const branch of branchesOf(condition)) collect(branch, terms);
    else collectField(key, condition, terms);
  }
}

function collectField(path: string, condition: unknown, terms: Term[]): void {
  partsOf(path);
  if (isScalar(condition)) {
    terms.push({ op: '$eq', path, value: condition });
    return;
  }
  const entries = isObject(condition) ? Object.entries(condition) : [];
  if (entries.length === 0) throw new AppError('bug', 'a condition must be a scalar or operators', { facts: { path } });
  for (const [op, value] of entries) terms.push(termOf(path, op, value));
}

function termOf(path: string, op: string, value: unknown): Term {
  switch (op) {
    case '$eq':
    case '$ne':
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return { op, path, value: scalar(path, value) };
    case '$in':
    case '$nin':
      if (!Array.isArray(value)) throw new AppError('bug', `${op} needs a list`, { facts: { path } });
      return { op, path, values: value.map((item) => scalar(path, item)) };
    case '$exists':
      if (typeof value !== 'boolean') throw new AppError('bug', '$exists needs true or false', { facts: { path } });
      return { op, path, value };
    default:
      throw new AppError('bug', 'this operator is not in the list of driver.ts', { facts: { path, op } });
  }
}

function branchesOf(value: unknown): object[] {
  if (!Array.isArray(value) || !value.every(isObject)) throw new AppError('bug', '$or and $and need a list of filters');
  return value;
}

function scalar(path: string, value: unknown): Scalar {
  if (isScalar(value)) return value;
  throw new AppError('bug', 'a filter compares with strings, finite numbers and booleans only', { facts: { path } });
}

/** Strings, finite numbers and booleans: what a filter may compare with. */
export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
