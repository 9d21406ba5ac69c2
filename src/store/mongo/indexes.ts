import type { Collection as Native, CreateIndexesOptions, Document } from 'mongodb';
import { AppError, messageOf } from '../../errors.js';
import type { CollectionSpec, Doc, IndexSpec } from '../driver.js';
import { isScalar } from '../filter.js';
import { partsOf } from '../path.js';
import type { Stored } from './collection.js';
import { mongoSort } from './filter.js';

/** Creates the declared indexes one after the other and waits. Undeclared ones stay: another version may still use them. */
export async function ensureIndexes(native: Native<Stored>, spec: CollectionSpec<Doc>): Promise<void> {
  for (const index of spec.indexes) {
    try {
      // No time limit: building one over existing data may take minutes.
      await native.createIndex(new Map(mongoSort(index.keys)), optionsOf(index));
    } catch (cause) {
      const name = `${spec.name}.${index.name}`;
      throw new AppError('store_unavailable', `index ${name} could not be built: ${messageOf(cause)}`, { cause, facts: { index: name } });
    }
  }
}

function optionsOf(index: IndexSpec<Doc>): CreateIndexesOptions {
  partsOf(index.name);
  const where = Object.entries(index.where ?? {});
  const partial: Document = Object.fromEntries(where.map(([path, value]) => [partsOf(path).join('.'), isScalar(value) ? { $eq: value } : { $exists: true }]));
  return { name: index.name, ...(index.unique === true ? { unique: true } : {}), ...(where.length > 0 ? { partialFilterExpression: partial } : {}) };
}
