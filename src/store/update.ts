import { AppError } from '../errors.js';
import { checkValue } from './check-document.js';
import type { Update } from './driver.js';
import { isObject, partsOf } from './path.js';

type Json = Record<string, unknown>;
type Operator = (old: unknown, value: unknown, path: string) => unknown;

const operators: Record<keyof Update<never>, Operator> = {
  $set: (_old, value) => value,
  $setOnInsert: (_old, value) => value,
  $unset: () => undefined,
  $inc: (old, value, path) => (old === undefined ? 0 : number(old, path)) + number(value, path),
  $max: (old, value, path) => (old === undefined ? number(value, path) : Math.max(number(old, path), number(value, path))),
  $min: (old, value, path) => (old === undefined ? number(value, path) : Math.min(number(old, path), number(value, path))),
  $push: (old, value, path) => [...list(old, path), value],
  $addToSet: (old, value, path) => addToSet(list(old, path), value),
  $pull: (old, value, path) => (old === undefined ? undefined : list(old, path).filter((item) => item !== value)),
};

/** One step of an update, checked. */
export interface Step {
  op: keyof Update<never>;
  path: string;
  value: unknown;
}

/**
 * Takes an update apart and checks it: known operators, plain paths, plain JSON values, no two steps on the same or an
 * enclosing path (MongoDB refuses that), nothing on `_id`. Throws `bug`.
 */
export function stepsOf(update: object): Step[] {
  const steps: Step[] = [];
  for (const [op, fields] of Object.entries(update)) {
    if (!isOperator(op) || !isObject(fields)) throw new AppError('bug', 'this update is not in the list of driver.ts', { facts: { op } });
    for (const [path, value] of Object.entries(fields)) {
      const [top] = partsOf(path);
      if (top === '_id') throw new AppError('bug', '_id cannot change');
      checkValue(value, path);
      steps.push({ op, path, value });
    }
  }
  if (steps.length > 1) refuseConflicts(steps);
  return steps;
}

/**
 * The document after the update; the given one stays as it was (unchanged parts are shared). `creating` also applies
 * `$setOnInsert`. Means what MongoDB means by the same update; throws `bug` where MongoDB would fail (a number
 * expected, a path through a scalar).
 */
export function applySteps<T extends object>(doc: T, steps: readonly Step[], creating = false): T {
  const after = { ...doc } as Json;
  for (const step of steps) {
    if (step.op === '$setOnInsert' && !creating) continue;
    applyAt(after, step);
  }
  return after as T;
}

/** `stepsOf` and `applySteps` in one. */
export function applyUpdate<T extends object>(doc: T, update: object, creating = false): T {
  return applySteps(doc, stepsOf(update), creating);
}

function applyAt(root: Json, step: Step): void {
  const parts = partsOf(step.path);
  const last = parts.length - 1;
  let parent = root;
  for (const part of parts.slice(0, last)) {
    const child = Object.hasOwn(parent, part) ? parent[part] : undefined;
    if (!isObject(child) && removes(step)) return;
    if (child !== undefined && !isObject(child)) {
      throw new AppError('bug', 'an update leads through something that is not an object', { facts: { path: step.path } });
    }
    parent = parent[part] = { ...child };
  }
  const key = parts[last] as string;
  const value = operators[step.op](Object.hasOwn(parent, key) ? parent[key] : undefined, step.value, step.path);
  if (value === undefined) Reflect.deleteProperty(parent, key);
  else parent[key] = value;
}

function removes(step: Step): boolean {
  return step.op === '$unset' || step.op === '$pull';
}

function isOperator(op: string): op is keyof Update<never> {
  return Object.hasOwn(operators, op);
}

function refuseConflicts(steps: readonly Step[]): void {
  const paths = steps.map((step) => step.path);
  // Most updates name top-level fields only, each once; then there is nothing to compare.
  if (new Set(paths).size === paths.length && !paths.some((path) => path.includes('.'))) return;
  paths.sort();
  for (let i = 1; i < paths.length; i++) {
    for (let j = 0; j < i; j++) {
      const [path, shorter] = [paths[i] as string, paths[j] as string];
      if (path === shorter || path.startsWith(`${shorter}.`)) throw new AppError('bug', 'two parts of an update touch the same path', { facts: { path } });
    }
  }
}

function number(value: unknown, path: string): number {
  if (typeof value === 'number') return value;
  throw new AppError('bug', 'an update counts with something that is not a number', { facts: { path } });
}

function list(value: unknown, path: string): unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new AppError('bug', 'an update adds to something that is not a list', { facts: { path } });
}

/** Equality as MongoDB has it: the order of keys inside an object counts. */
function addToSet(items: unknown[], value: unknown): unknown[] {
  const sought = JSON.stringify(value);
  return items.some((item) => item === value || JSON.stringify(item) === sought) ? items : [...items, value];
}
