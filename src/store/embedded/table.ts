import { AppError } from '../../errors.js';
import type { CollectionSpec, Doc, Scalar } from '../driver.js';
import { isScalar } from '../filter.js';
import { partsOf, valueAt } from '../path.js';
import type { SqlValue } from './raw-sql.js';
import { fromColumn, toColumn } from './values.js';

/** The JSON text's column. Every other column is named after the path whose value it holds. */
export const jsonColumn = '_doc';
const reserved = new Set([jsonColumn, 'rowid', 'oid', '_rowid_']);
const maxJsonLength = 12_000_000;

export interface Column {
  path: string;
  /** A top-level field stands in its column only, not in the JSON as well. */
  top: boolean;
}

/**
 * How one collection lies in its table: `_id`, one column per indexed path, and the rest as JSON. Turns documents into
 * rows and back.
 */
export class Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly insertSql: string;
  /** The columns of a row in the order that `decode` takes. */
  readonly selectList: string;
  readonly #spec: CollectionSpec<Doc>;
  readonly #byPath: ReadonlyMap<string, Column>;
  readonly #literals: ReadonlySet<string>;

  constructor(spec: CollectionSpec<Doc>, paths: readonly string[]) {
    this.#spec = spec;
    this.name = quote(spec.name);
    this.columns = paths.map((path) => ({ path, top: !path.includes('.') }));
    this.#byPath = new Map(this.columns.map((column) => [column.path, column]));
    const names = ['_id', ...paths, jsonColumn].map(quote);
    this.selectList = names.join(', ');
    this.insertSql = `INSERT INTO ${this.name} (${this.selectList}) VALUES (${names.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`;
    this.#literals = new Set(spec.indexes.flatMap((index) => Object.entries(index.where ?? {}).filter(([, value]) => isScalar(value)).map(([path, value]) => `${path}=${String(value)}`)));
  }

  get spec(): CollectionSpec<Doc> {
    return this.#spec;
  }

  isColumn(path: string): boolean {
    return path === '_id' || this.#byPath.has(path);
  }

  /** A partial index applies only where its scalar stands in the query's text; it is text of the declaration. */
  isDeclaredLiteral(path: string, value: Scalar): boolean {
    return this.#literals.has(`${path}=${String(value)}`);
  }

  /** The row of a document: `_id`, the columns, the JSON. */
  encode(doc: Doc): SqlValue[] {
    return [toColumn(doc._id), ...this.columns.map((column) => this.columnValue(doc, column)), this.json(doc)];
  }

  columnValue(doc: Doc, column: Column): SqlValue {
    const value = column.top ? (doc as unknown as Record<string, unknown>)[column.path] : valueAt(doc, column.path);
    if (value === undefined) return null;
    if (isScalar(value)) return toColumn(value);
    throw new AppError('bug', 'an indexed field must hold a string, number or boolean', { facts: { collection: this.#spec.name, path: column.path } });
  }

  json(doc: Doc): string {
    const rest: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(doc)) if (key !== '_id' && !this.#byPath.has(key)) rest[key] = value;
    const text = JSON.stringify(rest);
    if (text.length > maxJsonLength) throw new AppError('too_large', 'a document is too large', { facts: { collection: this.#spec.name, maxJsonLength } });
    return text;
  }

  decode<T extends Doc>(row: readonly SqlValue[]): T {
    const doc = JSON.parse(row[row.length - 1] as string) as Record<string, unknown>;
    doc['_id'] = fromColumn(row[0] as SqlValue);
    for (let i = 0; i < this.columns.length; i++) {
      const column = this.columns[i] as Column;
      const value = column.top ? fromColumn(row[i + 1] as SqlValue) : undefined;
      if (value !== undefined) doc[column.path] = value;
    }
    return doc as unknown as T;
  }
}

/** Paths that a spec's indexes need as columns. */
export function indexedPaths(spec: CollectionSpec<Doc>): string[] {
  const paths = new Set(spec.indexes.flatMap((index) => [...Object.keys(index.keys), ...Object.keys(index.where ?? {})]));
  paths.delete('_id');
  return [...paths];
}

/** A checked name as an SQL identifier. SQLite does not tell `a` from `A`: see `checkNames` in schema.ts. */
export function quote(path: string): string {
  partsOf(path);
  return `"${path}"`;
}

export function isReserved(path: string): boolean {
  return reserved.has(path.toLowerCase());
}
