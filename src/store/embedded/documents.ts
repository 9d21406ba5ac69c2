import { AppError } from '../../errors.js';
import { checkDocument } from '../check-document.js';
import type { Changed, Doc, FindOptions } from '../driver.js';
import { termsOf, type Term } from '../filter.js';
import { applySteps, stepsOf, type Step } from '../update.js';
import { newDocument } from '../upsert.js';
import { chooseIndex } from './choose-index.js';
import type { Connection } from './connection.js';
import { conditionOf } from './filter-sql.js';
import { fulfils } from './in-memory.js';
import { afterCursor, orderBy } from './order-sql.js';
import type { SqlValue } from './raw-sql.js';
import { RowCache } from './row-cache.js';
import { indexName, jsonColumn, quoteColumn, type Table } from './table.js';
import { toColumn } from './values.js';

/** The operations of one collection on its table: synchronous, without a word about commits. */
export class Documents<T extends Doc> {
  readonly #connection: Connection;
  readonly #table: Table;
  readonly #cache: RowCache | undefined;
  readonly #selectById: string;

  constructor(connection: Connection, table: Table) {
    this.#connection = connection;
    this.#table = table;
    this.#selectById = `SELECT ${table.selectList} FROM ${table.name} WHERE "_id" = ? LIMIT 1`;
    this.#cache = table.spec.hot === true ? new RowCache() : undefined;
  }

  /** What was written is undone, or somebody else wrote: nothing in memory counts any more. */
  forget(): void {
    this.#cache?.clear();
  }

  findOne(filter: object): T | undefined {
    const id = onlyId(filter);
    if (id !== undefined) return this.#byId(id);
    const row = this.#first(termsOf(filter), this.#table.selectList);
    return row === undefined ? undefined : this.#table.decode<T>(row);
  }

  find(filter: object, options: FindOptions<T>): T[] {
    if (!(options.limit > 0)) return [];
    const { sql, params } = this.findSql(filter, options);
    return this.#connection.all(sql, params).map((row) => this.#table.decode<T>(row));
  }

  pick<K extends keyof T & string>(filter: object, options: FindOptions<T> & { fields: readonly K[] }): Pick<T, K>[] {
    if (!(options.limit > 0)) return [];
    const { selectList, decode } = this.#table.picked<T, K>(options.fields);
    const { sql, params } = this.findSql(filter, options, selectList);
    return this.#connection.all(sql, params).map(decode);
  }

  /** The statement behind `find`; the tests look at its plan. */
  findSql(filter: object, options: FindOptions<T>, selectList = this.#table.selectList): { sql: string; params: SqlValue[] } {
    const params: SqlValue[] = [];
    const terms = termsOf(filter);
    const index = chooseIndex(this.#table.spec.indexes, terms, options.sort);
    const from = index === undefined ? this.#table.name : `${this.#table.name} INDEXED BY "${indexName(this.#table.spec, index)}"`;
    let where = conditionOf(this.#table, terms, params);
    if (options.after !== undefined) where += ` AND ${afterCursor(this.#table, options.sort, options.after, params)}`;
    params.push(options.limit);
    return { sql: `SELECT ${selectList} FROM ${from} WHERE ${where}${orderBy(this.#table, options.sort)} LIMIT ?`, params };
  }

  insert(doc: T): 'inserted' | 'duplicate' {
    checkDocument(doc);
    const row = this.#table.encode(doc);
    const { changes } = this.#connection.run(this.#table.insertSql, row);
    if (changes !== 1) return 'duplicate';
    this.#cache?.set(doc._id, row);
    return 'inserted';
  }

  change(filter: object, update: object, upsert: boolean): Changed<T> | undefined {
    const steps = stepsOf(update);
    const terms = termsOf(filter);
    const changed = this.#changeFirst(terms, steps);
    return changed === undefined && upsert ? this.#create(terms, steps) : changed;
  }

  /** Changes up to `limit` matches behind `afterRow`; gives the last row looked at, or `undefined` when there are no more. */
  changeSome(filter: object, update: object, options: { afterRow: number; limit: number }): { changed: number; lastRow: number | undefined } {
    const steps = stepsOf(update);
    const params: SqlValue[] = [];
    const where = conditionOf(this.#table, termsOf(filter), params);
    const sql = `SELECT rowid, ${this.#table.selectList} FROM ${this.#table.name} WHERE ${where} AND rowid > ? ORDER BY rowid LIMIT ?`;
    const rows = this.#connection.all(sql, [...params, options.afterRow, options.limit]);
    for (const [rowid, ...row] of rows) this.#update(Number(rowid), row, steps);
    return { changed: rows.length, lastRow: rows.length < options.limit ? undefined : Number(rows[rows.length - 1]?.[0]) };
  }

  deleteSome(filter: object, limit: number): number {
    const params: SqlValue[] = [];
    const where = conditionOf(this.#table, termsOf(filter), params);
    const { name } = this.#table;
    this.forget();
    return this.#connection.run(`DELETE FROM ${name} WHERE rowid IN (SELECT rowid FROM ${name} WHERE ${where} LIMIT ?)`, [...params, limit]).changes;
  }

  count(filter: object, limit: number | undefined): number {
    const params: SqlValue[] = [];
    const where = conditionOf(this.#table, termsOf(filter), params);
    const row = this.#connection.get(`SELECT count(*) FROM (SELECT 1 FROM ${this.#table.name} WHERE ${where} LIMIT ?)`, [...params, limit ?? -1]);
    return Number(row?.[0]);
  }

  #first(terms: readonly Term[], columns: string): SqlValue[] | undefined {
    const params: SqlValue[] = [];
    const where = conditionOf(this.#table, terms, params);
    return this.#connection.get(`SELECT ${columns} FROM ${this.#table.name} WHERE ${where} LIMIT 1`, params);
  }

  #byId(id: string): T | undefined {
    const row = this.#rowById(id);
    return row === undefined ? undefined : this.#table.decode<T>(row);
  }

  #rowById(id: string): readonly SqlValue[] | undefined {
    const kept = this.#cache?.get(id);
    if (kept !== undefined) return kept;
    const row = this.#connection.get(this.#selectById, [toColumn(id)]);
    if (row !== undefined) this.#cache?.set(id, row);
    return row;
  }

  #changeFirst(terms: readonly Term[], steps: readonly Step[]): Changed<T> | undefined {
    const inMemory = this.#changeInMemory(terms, steps);
    if (inMemory !== 'ask') return inMemory;
    const found = this.#first(terms, `rowid, ${this.#table.selectList}`);
    if (found === undefined) return undefined;
    const [rowid, ...row] = found;
    return this.#update(Number(rowid), row, steps);
  }

  /** One hot document by its `_id`, with a guard that needs no SQL: the row is here already. */
  #changeInMemory(terms: readonly Term[], steps: readonly Step[]): Changed<T> | undefined | 'ask' {
    const [first] = terms;
    if (this.#cache === undefined || first?.op !== '$eq' || first.path !== '_id' || typeof first.value !== 'string') return 'ask';
    const row = this.#rowById(first.value);
    if (row === undefined) return undefined;
    const before = this.#table.decode<T>(row);
    const holds = fulfils(before, terms);
    if (holds === undefined) return 'ask';
    return holds ? this.#rewrite(row, before, steps) : undefined;
  }

  #update(rowid: number, row: readonly SqlValue[], steps: readonly Step[]): Changed<T> {
    return this.#rewrite(row, this.#table.decode<T>(row), steps, rowid);
  }

  #rewrite(row: readonly SqlValue[], before: T, steps: readonly Step[], rowid?: number): Changed<T> {
    const after = applySteps(before, steps);
    const set: string[] = [];
    const params: SqlValue[] = [];
    const next = this.#cache === undefined ? undefined : [...row];
    this.#table.columns.forEach((column, i) => {
      const value = this.#table.columnValue(after, column);
      if (sameValue(value, row[i + 1])) return;
      set.push(`${quoteColumn(column.name)} = ?`);
      params.push(value);
      if (next !== undefined) next[i + 1] = value;
    });
    const json = this.#table.json(after);
    if (json !== row[row.length - 1]) {
      set.push(`${jsonColumn} = ?`);
      params.push(json);
      if (next !== undefined) next[row.length - 1] = json;
    }
    // Only what differs is set: an index whose fields stay is not touched.
    if (set.length > 0) this.#connection.run(`UPDATE ${this.#table.name} SET ${set.join(', ')} WHERE ${rowid === undefined ? '_id' : 'rowid'} = ?`, [...params, rowid ?? row[0] as SqlValue]);
    if (next !== undefined) this.#cache?.set(before._id, next);
    return { before, after };
  }

  #create(terms: readonly Term[], steps: readonly Step[]): Changed<T> | undefined {
    const after = newDocument<T>(terms, steps);
    if (this.insert(after) === 'inserted') return { after };
    // The document is there but does not fulfil the rest of the filter: a lost race. Anything else is another unique index.
    if (this.findOne({ _id: after._id }) !== undefined) return undefined;
    throw new AppError('conflict', 'another document holds a unique value of this one', { facts: { collection: this.#table.spec.name } });
  }
}

function sameValue(next: SqlValue, stored: SqlValue | undefined): boolean {
  if (typeof next === 'bigint') return Number(next) === stored;
  if (next instanceof Uint8Array) return stored instanceof Uint8Array && stored[0] === next[0];
  return next === stored;
}

/** The `_id` of a filter that asks for nothing else. */
function onlyId(filter: object): string | undefined {
  const { _id, ...rest } = filter as { _id?: unknown };
  return typeof _id === 'string' && Object.keys(rest).length === 0 ? _id : undefined;
}
