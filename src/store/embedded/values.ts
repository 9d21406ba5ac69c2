import { AppError } from '../../errors.js';
import type { Scalar } from '../driver.js';
import type { SqlValue } from './raw-sql.js';

/**
 * How scalars stand in columns: so that SQLite compares and sorts them as MongoDB does. Absent < numbers < strings <
 * booleans: NULL < number < TEXT < BLOB. Whole numbers are INTEGER (fewer bytes than a double).
 */
const no = Buffer.from([0]);
const yes = Buffer.from([1]);

const control = /[\u0000\u0001]/;

export function toColumn(value: Scalar): SqlValue {
  if (typeof value === 'string') return control.test(value) ? escape(value) : value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  return value ? yes : no;
}

export function fromColumn(value: SqlValue): Scalar | undefined {
  if (typeof value === 'string') return value.includes('\u0001') ? unescape(value) : value;
  if (typeof value === 'number') return value;
  if (value === null) return undefined;
  if (value instanceof Uint8Array) return value[0] === 1;
  throw new AppError('bug', 'a column holds what the engine does not write');
}

// The native binding cuts a text at NUL when reading. This keeps the order of strings: NUL -> 01 01, 01 -> 01 02.
function escape(value: string): string {
  return value.replaceAll('\u0001', '\u0001\u0002').replaceAll('\u0000', '\u0001\u0001');
}

function unescape(value: string): string {
  return value.replaceAll('\u0001\u0001', '\u0000').replaceAll('\u0001\u0002', '\u0001');
}
