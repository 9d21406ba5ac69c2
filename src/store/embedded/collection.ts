import type { Changed, Collection, Doc, Filter, FindOptions, Update } from '../driver.js';
import type { Documents } from './documents.js';

/** Runs writes in the shared transaction; the two ways to wait for it are in writers.ts. */
export interface Writer {
  write<R>(fn: () => R): Promise<R>;
}

const rowsPerStep = 200;

/** The port's `Collection` over a table. `documents` is asked for late: the table exists once `prepare` has run. */
export class EmbeddedCollection<T extends Doc> implements Collection<T> {
  readonly #documents: () => Documents<T>;
  readonly #writer: Writer;

  constructor(documents: () => Documents<T>, writer: Writer) {
    this.#documents = documents;
    this.#writer = writer;
  }

  // `async` turns what these synchronous calls throw into rejections.
  async findOne(filter: Filter<T>): Promise<T | undefined> {
    return this.#documents().findOne(filter);
  }

  async find(filter: Filter<T>, options: FindOptions<T>): Promise<T[]> {
    return this.#documents().find(filter, options);
  }

  async pick<K extends keyof T & string>(filter: Filter<T>, options: FindOptions<T> & { fields: readonly K[] }): Promise<Pick<T, K>[]> {
    return this.#documents().pick(filter, options);
  }

  async count(filter: Filter<T>, options: { limit?: number } = {}): Promise<number> {
    return this.#documents().count(filter, options.limit);
  }

  insert(doc: T): Promise<'inserted' | 'duplicate'> {
    return this.#writer.write(() => this.#documents().insert(doc));
  }

  change(filter: Filter<T>, update: Update<T>, options: { upsert?: boolean } = {}): Promise<Changed<T> | undefined> {
    return this.#writer.write(() => this.#documents().change(filter, update, options.upsert === true));
  }

  async changeAll(filter: Filter<T>, update: Update<T>): Promise<number> {
    let total = 0;
    for (let afterRow = 0; ; ) {
      const step = await this.#writer.write(() => this.#documents().changeSome(filter, update, { afterRow, limit: rowsPerStep }));
      total += step.changed;
      if (step.lastRow === undefined) return total;
      afterRow = step.lastRow;
    }
  }

  async delete(filter: Filter<T>, options: { limit?: number } = {}): Promise<number> {
    let total = 0;
    const most = options.limit ?? Infinity;
    while (total < most) {
      const limit = Math.min(rowsPerStep, most - total);
      const deleted = await this.#writer.write(() => this.#documents().deleteSome(filter, limit));
      total += deleted;
      if (deleted < limit) break;
    }
    return total;
  }
}
