import { AppError } from '../../errors.js';

/** An opaque cursor of these values. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/** The values of a cursor; throws `bad_request` when it is not one of ours. `check` says what the values must be. */
export function decodeCursor<T extends readonly (string | number)[]>(cursor: string, check: (values: unknown) => values is T): T {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (check(values)) return values;
  } catch (cause) {
    throw new AppError('bad_request', 'this cursor is not one that a search gave', { cause });
  }
  throw new AppError('bad_request', 'this cursor is not one that a search gave');
}
