import { AppError } from '../errors.js';
import type { Doc } from './driver.js';
import type { Term } from './filter.js';
import { isObject, partsOf } from './path.js';
import { applySteps, type Step } from './update.js';

/**
 * The document that an upsert creates: the filter's equalities, then the update with `$setOnInsert`. Throws `bug` when
 * the filter does not say which `_id`.
 */
export function newDocument<T extends Doc>(terms: readonly Term[], steps: readonly Step[]): T {
  const doc: Record<string, unknown> = {};
  for (const term of terms) if (term.op === '$eq') put(doc, term.path, term.value);
  if (typeof doc['_id'] !== 'string') throw new AppError('bug', 'an upsert needs the _id in its filter');
  return applySteps(doc, steps, true) as unknown as T;
}

function put(doc: Record<string, unknown>, path: string, value: unknown): void {
  const parts = [...partsOf(path)];
  const last = parts.pop() as string;
  let parent = doc;
  for (const part of parts) {
    const child = parent[part];
    parent = parent[part] = isObject(child) ? child : {};
  }
  parent[last] = value;
}
