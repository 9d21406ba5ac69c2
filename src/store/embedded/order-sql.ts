import { AppError } from '../../errors.js';
import type { Scalar } from '../driver.js';
import { isScalar } from '../filter.js';
import { jsonValue, typedValue } from './filter-sql.js';
import type { SqlValue } from './raw-sql.js';
import { quote, type Table } from './table.js';
import { toColumn } from './values.js';

interface Key {
  expr: string;
  descending: boolean;
  encode: (value: Scalar) => SqlValue;
}

function keysOf(table: Table, sort: object): Key[] {
  return Object.entries(sort).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1) throw new AppError('bug', 'a sort direction is 1 or -1', { facts: { path } });
    const column = table.isColumn(path);
    return { expr: column ? quote(path) : typedValue(path), descending: direction === -1, encode: column ? toColumn : jsonValue };
  });
}

/** ` ORDER BY …`, or nothing. */
export function orderBy(table: Table, sort: object | undefined): string {
  const keys = keysOf(table, sort ?? {});
  if (keys.length === 0) return '';
  return ` ORDER BY ${keys.map((key) => (key.descending ? `${key.expr} DESC` : key.expr)).join(', ')}`;
}

/**
 * The condition "strictly after this cursor". One direction: a row value, which SQLite serves from the index. Mixed:
 * a range on the first key (for the index) and the expansion by OR.
 */
export function afterCursor(table: Table, sort: object | undefined, after: readonly Scalar[], params: SqlValue[]): string {
  const keys = keysOf(table, sort ?? {});
  if (keys.length === 0 || keys.length !== after.length || !after.every(isScalar)) {
    throw new AppError('bug', 'a cursor needs one scalar for every field of the sort');
  }
  const values = keys.map((key, i) => key.encode(after[i] as Scalar));
  if (keys.every((key) => key.descending === keys[0]?.descending)) {
    params.push(...values);
    const left = keys.map((key) => key.expr).join(', ');
    return `(${left}) ${keys[0]?.descending === true ? '<' : '>'} (${keys.map(() => '?').join(', ')})`;
  }
  return expanded(keys, values, params);
}

function expanded(keys: readonly Key[], values: readonly SqlValue[], params: SqlValue[]): string {
  const first = keys[0] as Key;
  params.push(values[0] as SqlValue);
  const branches = keys.map((key, i) => {
    const equal = keys.slice(0, i).map((earlier) => `${earlier.expr} = ?`);
    params.push(...values.slice(0, i + 1));
    return `(${[...equal, `${key.expr} ${key.descending ? '<' : '>'} ?`].join(' AND ')})`;
  });
  return `${first.expr} ${first.descending ? '<=' : '>='} ? AND (${branches.join(' OR ')})`;
}
