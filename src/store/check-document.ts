import { AppError } from '../errors.js';

const maxDepth = 90;

/**
 * The rule of `driver.ts`: plain JSON. Throws `bug` with the path of what is not (undefined, a date, a class instance,
 * NaN), and `bad_request` for what MongoDB could not hold: nesting deeper than 90 levels, NUL in a field's name. A `null` is let through
 * below the top level only, inside native payloads that are stored as they came. Costs about a microsecond a document.
 */
export function checkDocument(doc: object): void {
  for (const key in doc) {
    const value = (doc as Record<string, unknown>)[key];
    if (value === null) throw notPlain(key, 'null');
    if (typeof value !== 'string') check(value, key, 1);
  }
}

/** The same for one value of an update. */
export function checkValue(value: unknown, path: string): void {
  if (value === null) throw notPlain(path, 'null');
  check(value, path, 1);
}

function check(value: unknown, path: string, depth: number): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) throw notPlain(path, String(value));
      return;
    case 'object':
      if (value !== null) checkNested(value, path, depth);
      return;
    default:
      throw notPlain(path, typeof value);
  }
}

function checkNested(value: object, path: string, depth: number): void {
  if (depth > maxDepth) throw new AppError('bad_request', 'a document is nested too deep', { facts: { maxDepth } });
  if (Array.isArray(value)) {
    for (const item of value) check(item, path, depth + 1);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notPlain(path, value.constructor.name);
  for (const key in value) {
    if (key.includes('\0')) throw new AppError('bad_request', 'a field name in a document holds NUL', { facts: { path } });
    check((value as Record<string, unknown>)[key], path, depth + 1);
  }
}

function notPlain(path: string, found: string): AppError {
  return new AppError('bug', 'a document must be plain JSON', { facts: { path, found } });
}
