import { AppError } from '../../errors.js';
import type { CollectionSpec, Doc, IndexSpec, Scalar } from '../driver.js';
import { isScalar } from '../filter.js';
import { partsOf, valueAt } from '../path.js';
import type { SqlValue } from './raw-sql.js';
import { fromColumn, toColumn } from './values.js';

/** The JSON text's column. */
export const jsonColumn = '_doc';
const reserved = new Set([jsonColumn, 'rowid', 'oid', '_rowid_']);
const maxJsonLength = 12_000_000;

/**
 * `field`: holds a top-level field, which then is not in the JSON. `copy`: of a value deeper in the JSON. `presence`
 * (named `path?`): 1 where the field exists, whatever it is; for partial indexes.
 */
export interface Column {
  name: string;
  path: string;
  kind: 'field' | 'copy' | 'presence';
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
  readonly #values: ReadonlySet<string>;
  readonly #fields: ReadonlySet<string>;
  readonly #presences: ReadonlySet<string>;
  readonly #literals: ReadonlySet<string>;

  constructor(spec: CollectionSpec<Doc>, columnNames: readonly string[]) {
    this.#spec = spec;
    this.name = quote(spec.name);
    this.columns = columnNames.map(columnOf);
    this.#values = new Set(this.columns.filter((column) => column.kind !== 'presence').map((column) => column.path));
    this.#fields = new Set(this.columns.filter((column) => column.kind === 'field').map((column) => column.path));
    this.#presences = new Set(this.columns.filter((column) => column.kind === 'presence').map((column) => column.path));
    const names = ['_id', ...columnNames, jsonColumn].map(quoteColumn);
    this.selectList = names.join(', ');
    this.insertSql = `INSERT INTO ${this.name} (${this.selectList}) VALUES (${names.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`;
    this.#literals = new Set(spec.indexes.flatMap((index) => Object.entries(index.where ?? {}).filter(([, value]) => isScalar(value)).map(([path, value]) => `${path}=${String(value)}`)));
  }

  get spec(): CollectionSpec<Doc> {
    return this.#spec;
  }

  /** The value at this path stands in a column. */
  isColumn(path: string): boolean {
    return path === '_id' || this.#values.has(path);
  }

  /** What is NULL where the path does not exist, if a column tells. */
  presenceOf(path: string): string | undefined {
    if (this.isColumn(path)) return quote(path);
    return this.#presences.has(path) ? quoteColumn(presenceName(path)) : undefined;
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
    const value = column.kind === 'field' ? (doc as unknown as Record<string, unknown>)[column.path] : valueAt(doc, column.path);
    if (value === undefined) return null;
    if (column.kind === 'presence') return 1n;
    if (isScalar(value)) return toColumn(value);
    throw new AppError('bug', 'an indexed field must hold a string, number or boolean', { facts: { collection: this.#spec.name, path: column.path } });
  }

  json(doc: Doc): string {
    // Undefined fields are left out of the text; overwriting them in a copy is the fastest way to leave them out.
    const rest: Record<string, unknown> = { ...doc, _id: undefined };
    for (const field of this.#fields) if (rest[field] !== undefined) rest[field] = undefined;
    const text = JSON.stringify(rest);
    if (text.length > maxJsonLength) throw new AppError('too_large', 'a document is too large', { facts: { collection: this.#spec.name, maxJsonLength } });
    return text;
  }

  decode<T extends Doc>(row: readonly SqlValue[]): T {
    const doc = JSON.parse(row[row.length - 1] as string) as Record<string, unknown>;
    doc['_id'] = fromColumn(row[0] as SqlValue);
    for (let i = 0; i < this.columns.length; i++) {
      const column = this.columns[i] as Column;
      const value = column.kind === 'field' ? fromColumn(row[i + 1] as SqlValue) : undefined;
      if (value !== undefined) doc[column.path] = value;
    }
    return doc as unknown as T;
  }

  /** What to select of a row, and how to read it, where only these fields are asked for: other columns are not looked at. */
  picked<T, K extends keyof T & string>(fields: readonly K[]): { selectList: string; decode: (row: readonly SqlValue[]) => Pick<T, K> } {
    const inColumns = fields.filter((field) => field === '_id' || this.#fields.has(field));
    const inJson = new Set<string>(fields.filter((field) => !inColumns.includes(field)));
    const names = [...inColumns.map(quoteColumn), ...(inJson.size === 0 ? [] : [jsonColumn])];
    return {
      selectList: names.length === 0 ? 'NULL' : names.join(', '),
      decode: (row) => {
        const doc: Record<string, unknown> = {};
        for (let i = 0; i < inColumns.length; i++) {
          const value = fromColumn(row[i] as SqlValue);
          if (value !== undefined) doc[inColumns[i] as K] = value;
        }
        if (inJson.size > 0) {
          const rest = JSON.parse(row[inColumns.length] as string) as Record<string, unknown>;
          for (const field in rest) if (inJson.has(field)) doc[field] = rest[field];
        }
        return doc as Pick<T, K>;
      },
    };
  }
}

/** Names of the columns that a spec's indexes need. */
export function neededColumns(spec: CollectionSpec<Doc>): string[] {
  const values = new Set(spec.indexes.flatMap((index) => [...Object.keys(index.keys), ...wherePaths(index, isScalar)]));
  const presences = spec.indexes.flatMap((index) => wherePaths(index, (value) => !isScalar(value))).filter((path) => !values.has(path));
  values.delete('_id');
  return [...values, ...new Set(presences.map(presenceName))];
}

function wherePaths(index: IndexSpec<Doc>, kind: (value: unknown) => boolean): string[] {
  return Object.entries(index.where ?? {}).filter(([, value]) => kind(value)).map(([path]) => path);
}

function presenceName(path: string): string {
  return `${path}?`;
}

function columnOf(name: string): Column {
  if (name.endsWith('?')) return { name, path: name.slice(0, -1), kind: 'presence' };
  return { name, path: name, kind: name.includes('.') ? 'copy' : 'field' };
}

/** A column's name as an SQL identifier. */
export function quoteColumn(name: string): string {
  const path = name.endsWith('?') ? name.slice(0, -1) : name;
  partsOf(path);
  return `"${name}"`;
}

/** A checked path or name as an SQL identifier. SQLite does not tell `a` from `A`: see `checkNames` in schema.ts. */
export function quote(path: string): string {
  partsOf(path);
  return `"${path}"`;
}

/** The physical name of an index. */
export function indexName(spec: { name: string }, index: { name: string }): string {
  partsOf(spec.name);
  partsOf(index.name);
  return `${spec.name}__${index.name}`;
}

export function isReserved(path: string): boolean {
  return reserved.has(path.toLowerCase());
}
