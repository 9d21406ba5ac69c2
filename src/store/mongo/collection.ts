import type { Collection as Native, Document } from 'mongodb';
import { AppError } from '../../errors.js';
import { checkDocument } from '../check-document.js';
import type { Changed, Collection, Doc, Filter, FindOptions, Update } from '../driver.js';
import { termsOf, type Term } from '../filter.js';
import { applySteps, stepsOf, type Step } from '../update.js';
import { newDocument } from '../upsert.js';
import { isDuplicate, mongoStoreError } from './errors.js';
import { mongoAfter, mongoFilter, mongoSort } from './filter.js';
import { mongoUpdate } from './update.js';

const maxAttempts = 10;
const idsPerDelete = 1_000;

/** What is stored: `_id` is always a string. */
export type Stored = Document & { _id: string };

/** The port's `Collection` over the official driver. Filters and updates are built anew from their checked parts. */
export class MongoCollection<T extends Doc> implements Collection<T> {
  readonly #native: Native<Stored>;
  readonly #limits: { maxTimeMS: number };

  constructor(native: Native<Stored>, maxTimeMs: number) {
    this.#native = native;
    this.#limits = { maxTimeMS: maxTimeMs };
  }

  findOne(filter: Filter<T>): Promise<T | undefined> {
    return answered(() => this.#findOne(termsOf(filter)));
  }

  find(filter: Filter<T>, options: FindOptions<T>): Promise<T[]> {
    return answered(async () => (await this.#find(filter, options)) as unknown as T[]);
  }

  pick<K extends keyof T & string>(filter: Filter<T>, options: FindOptions<T> & { fields: readonly K[] }): Promise<Pick<T, K>[]> {
    const wanted = new Set<string>(options.fields);
    // Without any field named MongoDB gives all of them, and `_id` unless told not to.
    const projection = { _id: wanted.has('_id') || wanted.size === 0 ? 1 : 0, ...Object.fromEntries(options.fields.map((field) => [field, 1])) };
    return answered(async () => {
      const found = await this.#find(filter, options, projection);
      return (wanted.size === 0 ? found.map(() => ({})) : found) as unknown as Pick<T, K>[];
    });
  }

  insert(doc: T): Promise<'inserted' | 'duplicate'> {
    return answered(() => {
      checkDocument(doc);
      return this.#insert(doc);
    });
  }

  change(filter: Filter<T>, update: Update<T>, options: { upsert?: boolean } = {}): Promise<Changed<T> | undefined> {
    return answered(async () => {
      const [terms, steps] = [termsOf(filter), stepsOf(update)];
      const changed = await this.#change(terms, steps);
      return changed === undefined && options.upsert === true ? this.#changeOrCreate(terms, steps) : changed;
    });
  }

  changeAll(filter: Filter<T>, update: Update<T>): Promise<number> {
    return answered(async () => {
      const query = mongoFilter(termsOf(filter));
      const change = mongoUpdate(stepsOf(update));
      if (change === undefined) return this.#native.countDocuments(query as never, this.#limits);
      return (await this.#native.updateMany(query as never, change, this.#limits)).matchedCount;
    });
  }

  delete(filter: Filter<T>, options: { limit?: number } = {}): Promise<number> {
    return answered(async () => {
      const query = mongoFilter(termsOf(filter));
      if (options.limit === undefined) return (await this.#native.deleteMany(query as never, this.#limits)).deletedCount;
      if (options.limit === 1) return (await this.#native.deleteOne(query as never, this.#limits)).deletedCount;
      return this.#deleteSome(query, options.limit);
    });
  }

  count(filter: Filter<T>, options: { limit?: number } = {}): Promise<number> {
    return answered(async () => {
      if (options.limit !== undefined && options.limit <= 0) return 0;
      const limit = options.limit === undefined ? {} : { limit: options.limit };
      return this.#native.countDocuments(mongoFilter(termsOf(filter)) as never, { ...this.#limits, ...limit });
    });
  }

  async #find(filter: Filter<T>, options: FindOptions<T>, projection?: Document): Promise<Document[]> {
    // MongoDB reads a limit of 0 as none.
    if (!(options.limit > 0)) return [];
    const sort = mongoSort(options.sort);
    const conditions = [mongoFilter(termsOf(filter))];
    if (options.after !== undefined) conditions.push(mongoAfter(sort, options.after));
    const query = conditions.length === 1 ? (conditions[0] as Document) : { $and: conditions };
    return this.#native.find(query as never, {
      ...this.#limits, sort: new Map(sort), limit: options.limit, batchSize: Math.min(options.limit + 1, 1_000), ...(projection === undefined ? {} : { projection }),
    }).toArray();
  }

  async #findOne(terms: readonly Term[]): Promise<T | undefined> {
    return ((await this.#native.findOne(mongoFilter(terms) as never, this.#limits)) ?? undefined) as T | undefined;
  }

  async #insert(doc: T): Promise<'inserted' | 'duplicate'> {
    try {
      await this.#native.insertOne(doc as never, this.#limits);
      return 'inserted';
    } catch (error) {
      if (isDuplicate(error)) return 'duplicate';
      throw error;
    }
  }

  async #change(terms: readonly Term[], steps: readonly Step[]): Promise<Changed<T> | undefined> {
    const update = mongoUpdate(steps);
    const query = mongoFilter(terms);
    const before = update === undefined
      ? await this.#findOne(terms)
      : ((await this.#native.findOneAndUpdate(query as never, update, { ...this.#limits, returnDocument: 'before' })) as T | null);
    return before === null || before === undefined ? undefined : { before, after: applySteps(before, steps) };
  }

  /**
   * An upsert in two plain steps, insert and (when somebody was faster) change: servers differ in what a racing native
   * upsert returns.
   */
  async #changeOrCreate(terms: readonly Term[], steps: readonly Step[]): Promise<Changed<T> | undefined> {
    const created = newDocument<T>(terms, steps);
    checkDocument(created);
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      if ((await this.#insert(created)) === 'inserted') return { after: created };
      const changed = await this.#change(terms, steps);
      if (changed !== undefined) return changed;
      // There, but it does not fulfil the rest of the filter: a lost race. Not there: deleted meanwhile, or another unique index.
      if ((await this.#native.countDocuments({ _id: created._id }, { ...this.#limits, limit: 1 })) > 0) return undefined;
    }
    throw new AppError('conflict', 'another document holds a unique value of this one', { facts: { collection: this.#native.collectionName } });
  }

  async #deleteSome(query: Document, limit: number): Promise<number> {
    let total = 0;
    while (total < limit) {
      const size = Math.min(idsPerDelete, limit - total);
      const found = await this.#native.find(query as never, { ...this.#limits, projection: { _id: 1 }, limit: size, batchSize: size + 1 }).toArray();
      const { deletedCount } = await this.#native.deleteMany({ $and: [{ _id: { $in: found.map((doc) => doc._id) } }, query] } as never, this.#limits);
      total += deletedCount;
      if (found.length < size || deletedCount === 0) break;
    }
    return total;
  }
}

async function answered<R>(ask: () => R | Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (cause) {
    throw mongoStoreError(cause);
  }
}
