import { AppError, messageOf } from '../../errors.js';
import type { CollectionSpec, Doc, IndexSpec, Scalar } from '../driver.js';
import { isScalar } from '../filter.js';
import { partsOf } from '../path.js';
import type { Connection } from './connection.js';
import { literal } from './filter-sql.js';
import { indexName, isReserved, jsonColumn, neededColumns, quote, quoteColumn, Table } from './table.js';
import { toColumn } from './values.js';

const rowsPerStep = 1_000;

/**
 * Makes a collection's table and indexes fit its spec, inside the caller's transaction: creates what is missing, moves
 * a newly indexed field of existing documents into its column, drops indexes that are no longer declared.
 */
export function ensureTable(connection: Connection, spec: CollectionSpec<Doc>): Table {
  checkNames(spec);
  const name = quote(spec.name);
  connection.exec(`CREATE TABLE IF NOT EXISTS ${name} ("_id" TEXT NOT NULL PRIMARY KEY, ${[...neededColumns(spec).map(quoteColumn), `${jsonColumn} TEXT NOT NULL`].join(', ')})`);
  const present = columnsOf(connection, spec.name);
  const missing = neededColumns(spec).filter((name) => !present.includes(name));
  const table = new Table(spec, [...present, ...missing]);
  if (missing.length > 0) addColumns(connection, new Table(spec, present), table, missing);
  ensureIndexes(connection, table);
  return table;
}

/** A collection's table as it is, which whoever writes in it has made fit. */
export function existingTable(connection: Connection, spec: CollectionSpec<Doc>): Table {
  checkNames(spec);
  return new Table(spec, columnsOf(connection, spec.name));
}

function columnsOf(connection: Connection, name: string): string[] {
  const names = connection.all('SELECT name FROM pragma_table_info(?)', [name]).map(([column]) => String(column));
  return names.filter((column) => column !== '_id' && column !== jsonColumn);
}

function addColumns(connection: Connection, old: Table, table: Table, missing: readonly string[]): void {
  for (const name of missing) connection.exec(`ALTER TABLE ${table.name} ADD COLUMN ${quoteColumn(name)}`);
  const added = table.columns.filter((column) => missing.includes(column.name));
  const update = `UPDATE ${table.name} SET ${added.map((column) => `${quoteColumn(column.name)} = ?`).join(', ')}, ${jsonColumn} = ? WHERE _id = ?`;
  let last = '';
  for (;;) {
    // In this language and not by json_extract: a lone surrogate in the JSON would reach the native binding as invalid text.
    const rows = connection.all(`SELECT ${old.selectList} FROM ${table.name} WHERE _id > ? ORDER BY _id LIMIT ${rowsPerStep}`, [last]);
    for (const row of rows) {
      const doc = old.decode<Doc>(row);
      connection.run(update, [...added.map((column) => table.columnValue(doc, column)), table.json(doc), toColumn(doc._id)]);
      last = String(row[0]);
    }
    if (rows.length < rowsPerStep) return;
  }
}

function ensureIndexes(connection: Connection, table: Table): void {
  const { spec } = table;
  const wanted = new Map(spec.indexes.map((index) => [indexName(spec, index), createSql(table, index)]));
  const existing = connection.all(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`, [spec.name]);
  const kept = new Set<string>();
  for (const [name, sql] of existing) {
    if (wanted.get(String(name)) === sql) kept.add(String(name));
    else connection.exec(`DROP INDEX "${String(name)}"`);
  }
  for (const [name, sql] of wanted) if (!kept.has(name)) createIndex(connection, name, sql);
}

function createIndex(connection: Connection, name: string, sql: string): void {
  try {
    connection.exec(sql);
  } catch (cause) {
    throw new AppError('store_unavailable', `index ${name} could not be built: ${messageOf(cause)}`, { cause, facts: { index: name } });
  }
}

function createSql(table: Table, index: IndexSpec<Doc>): string {
  const keys = Object.entries(index.keys).map(([path, direction]) => (direction === -1 ? `${quote(path)} DESC` : quote(path)));
  const where = Object.entries(index.where ?? {}).map(([path, value]) => whereSql(table, path, value));
  const unique = index.unique === true ? 'UNIQUE ' : '';
  return `CREATE ${unique}INDEX "${indexName(table.spec, index)}" ON ${table.name} (${keys.join(', ')})${where.length > 0 ? ` WHERE ${where.join(' AND ')}` : ''}`;
}

function whereSql(table: Table, path: string, value: Scalar | { $exists: true } | undefined): string {
  return isScalar(value) ? `${quote(path)} = ${literal(value)}` : `${table.presenceOf(path)} IS NOT NULL`;
}

function checkNames(spec: CollectionSpec<Doc>): void {
  partsOf(spec.name);
  const columns = neededColumns(spec);
  const folded = new Set(columns.map((name) => name.toLowerCase()));
  if (columns.some(isReserved) || folded.size !== columns.length || spec.name.includes('.')) {
    throw new AppError('bug', 'names that the embedded store cannot hold', { facts: { collection: spec.name, columns } });
  }
}
