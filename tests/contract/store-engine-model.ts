import type { Scalar } from '../../src/store/driver.js';

/** A tiny naive model of the store's port: what the engines must answer. Written for clearness, from MongoDB's manual. */
export type AnyDoc = { _id: string } & Record<string, unknown>;

export function matches(doc: AnyDoc, filter: Record<string, unknown>): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    if (key === '$or') return (condition as Record<string, unknown>[]).some((branch) => matches(doc, branch));
    if (key === '$and') return (condition as Record<string, unknown>[]).every((branch) => matches(doc, branch));
    const conditions = typeof condition === 'object' && condition !== null ? condition : { $eq: condition };
    return Object.entries(conditions).every(([op, value]) => fulfils(at(doc, key), op, value));
  });
}

function fulfils(value: unknown, op: string, wanted: unknown): boolean {
  const candidates = (Array.isArray(value) ? value : [value]).filter(isScalar);
  const some = (test: (candidate: Scalar) => boolean): boolean => candidates.some(test);
  switch (op) {
    case '$exists': return (value !== undefined) === wanted;
    case '$eq': return some((candidate) => candidate === wanted);
    case '$ne': return !some((candidate) => candidate === wanted);
    case '$in': return some((candidate) => (wanted as Scalar[]).includes(candidate));
    case '$nin': return !some((candidate) => (wanted as Scalar[]).includes(candidate));
    case '$gt': return some((candidate) => sameType(candidate, wanted) && compare(candidate, wanted as Scalar) > 0);
    case '$gte': return some((candidate) => sameType(candidate, wanted) && compare(candidate, wanted as Scalar) >= 0);
    case '$lt': return some((candidate) => sameType(candidate, wanted) && compare(candidate, wanted as Scalar) < 0);
    case '$lte': return some((candidate) => sameType(candidate, wanted) && compare(candidate, wanted as Scalar) <= 0);
    default: throw new Error(`the model does not know ${op}`);
  }
}

export function sorted(docs: readonly AnyDoc[], sort: Record<string, 1 | -1>): AnyDoc[] {
  return [...docs].sort((a, b) => {
    for (const [path, direction] of Object.entries(sort)) {
      const order = compare(at(a, path), at(b, path));
      if (order !== 0) return order * direction;
    }
    return 0;
  });
}

const rank = { undefined: 0, number: 1, string: 2, boolean: 3 } as Record<string, number>;

/** Absent < numbers < strings (by code point) < booleans. */
function compare(a: unknown, b: unknown): number {
  const byType = (rank[typeof a] ?? 0) - (rank[typeof b] ?? 0);
  if (byType !== 0 || a === undefined) return byType;
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b as string));
  return Number(a) - Number(b);
}

export function updated(doc: AnyDoc, update: Record<string, Record<string, unknown>>, creating = false): AnyDoc {
  const after = structuredClone(doc);
  for (const [op, fields] of Object.entries(update)) {
    for (const [path, value] of Object.entries(fields)) {
      if (op === '$setOnInsert' && !creating) continue;
      const old = at(after, path);
      const list = (old ?? []) as unknown[];
      switch (op) {
        case '$set': case '$setOnInsert': put(after, path, structuredClone(value)); break;
        case '$unset': drop(after, path); break;
        case '$inc': put(after, path, ((old ?? 0) as number) + (value as number)); break;
        case '$max': put(after, path, old === undefined ? value : Math.max(old as number, value as number)); break;
        case '$min': put(after, path, old === undefined ? value : Math.min(old as number, value as number)); break;
        case '$push': put(after, path, [...list, value]); break;
        case '$addToSet': put(after, path, list.some((item) => JSON.stringify(item) === JSON.stringify(value)) ? list : [...list, value]); break;
        case '$pull': if (old !== undefined) put(after, path, list.filter((item) => item !== value)); break;
        default: throw new Error(`the model does not know ${op}`);
      }
    }
  }
  return after;
}

/** What an upsert creates from a filter of plain equalities. */
export function created(filter: Record<string, unknown>, update: Record<string, Record<string, unknown>>): AnyDoc {
  const doc = {} as AnyDoc;
  for (const [path, value] of Object.entries(filter)) if (isScalar(value)) put(doc, path, value);
  return updated(doc, update, true);
}

export function at(doc: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), doc);
}

function put(doc: object, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() as string;
  let parent = doc as Record<string, unknown>;
  for (const key of keys) parent = (parent[key] ??= {}) as Record<string, unknown>;
  parent[last] = value;
}

function drop(doc: object, path: string): void {
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.length === 0 ? doc : at(doc, keys.join('.'));
  if (isObject(parent)) delete parent[last];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function sameType(a: unknown, b: unknown): boolean {
  return typeof a === typeof b;
}
