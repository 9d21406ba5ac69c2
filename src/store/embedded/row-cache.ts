import type { SqlValue } from './raw-sql.js';

const rowsKept = 1_000;
const longestJson = 16_000;
const surrogate = /\p{Surrogate}/u;

/**
 * Rows of one table as they lie in it, by `_id`, for collections that are read again right after they were written. They
 * are kept as rows and not as documents, so that nobody can change what the next one reads. Right because one process
 * holds the file and every write to the table goes through `Documents`; a rolled back transaction clears it.
 */
export class RowCache {
  readonly #rows = new Map<string, readonly SqlValue[]>();

  get(id: string): readonly SqlValue[] | undefined {
    const row = this.#rows.get(id);
    // The one used last stands last, so that the first is the one to forget; while there is room the order is no matter.
    if (row === undefined || this.#rows.size < rowsKept) return row;
    this.#rows.delete(id);
    this.#rows.set(id, row);
    return row;
  }

  /** `row` in the order of the table's select list: as read, or as it was bound for writing. */
  set(id: string, row: readonly SqlValue[]): void {
    this.#rows.delete(id);
    if (surrogate.test(id)) return;
    const stored = row.map(asRead);
    const json = stored.at(-1);
    if (typeof json !== 'string' || json.length > longestJson || stored.some((value) => isRewritten(value, json))) return;
    this.#rows.set(id, stored);
    if (this.#rows.size > rowsKept) this.#rows.delete(this.#rows.keys().next().value as string);
  }

  clear(): void {
    if (this.#rows.size > 0) this.#rows.clear();
  }
}

function asRead(value: SqlValue): SqlValue {
  return typeof value === 'bigint' ? Number(value) : value;
}

/** The database keeps half a character as the replacement character; in the JSON it is escaped. */
function isRewritten(value: SqlValue, json: string): boolean {
  return typeof value === 'string' && value !== json && surrogate.test(value);
}
