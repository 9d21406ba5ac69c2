import { AppError } from '../errors.js';

const valid = /^(?:_id|_doc|[A-Za-z][A-Za-z0-9_]*)(?:\.[A-Za-z0-9_:-]+)*$/;
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);
const known = new Map<string, readonly string[]>();
const maxKnown = 10_000;

/**
 * The parts of a field path, checked: the one place where a name from a filter, sort, update or index may become part
 * of SQL or of a MongoDB command. Throws `bug` for anything but plain names joined by dots.
 */
export function partsOf(path: string): readonly string[] {
  const cached = known.get(path);
  if (cached !== undefined) return cached;
  const parts = path.split('.');
  if (path.length > 200 || !valid.test(path) || parts.some((part) => forbidden.has(part))) {
    throw new AppError('bug', 'a field path must be plain names joined by dots', { facts: { path: path.slice(0, 200) } });
  }
  if (known.size >= maxKnown) known.clear();
  known.set(path, parts);
  return parts;
}

/** What a document holds at a path; `undefined` where nothing is. Does not look into arrays. */
export function valueAt(doc: unknown, path: string): unknown {
  let value = doc;
  for (const part of partsOf(path)) {
    if (!isObject(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

/** A JSON object: neither array nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
