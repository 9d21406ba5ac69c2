import { AppError } from '../../errors.js';

/** An opaque cursor: the sort values of the last row seen. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Back from a cursor; throws `bad_request` on anything that was not made by `encodeCursor` with these types. */
export function decodeCursor<T extends readonly ('number' | 'string' | 'any')[]>(cursor: string, types: T): { [K in keyof T]: T[K] extends 'number' ? number : T[K] extends 'string' ? string : string | number } {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    throw new AppError('bad_request', 'This cursor is not one of ours.', { cause: error });
  }
  const fits = Array.isArray(values) && values.length === types.length
    && values.every((value, index) => (typeof value === 'string' || Number.isFinite(value)) && (types[index] === 'any' || typeof value === types[index]));
  if (!fits) throw new AppError('bad_request', 'This cursor is not one of ours.');
  return values as never;
}
