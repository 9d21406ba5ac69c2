import type { Doc } from '../driver.js';
import type { SqlValue } from './raw-sql.js';

const rowsKept = 1_000;
const longestJson = 16_000;
const surrogate = /\p{Surrogate}/u;

/** A row as it lies in the table, and what it says once somebody has asked. The document is nobody's: give copies of it. */
export interface KeptRow {
  readonly row: readonly SqlValue[];
  doc?: Doc;
}

/**
 * Rows of one table, by `_id`, for collections that are read again right after they were written. Right because one
 * process holds the file and every write to the table goes through `Documents`; a rolled back transaction clears it.
 */
export class RowCache {
  readonly #rows = new Map<string, KeptRow>();

  get(id: string): KeptRow | undefined {
    const row = this.#rows.get(id);
    // The one used last stands last, so that the first is the one to forget; while there is room the order is no matter.
    if (row === undefined || this.#rows.size < rowsKept) return row;
    this.#rows.delete(id);
    this.#rows.set(id, row);
    return row;
  }

  /** `row` in the order of the table's select list: as read, or as it was bound for writing. `undefined` when it is none to keep. */
  set(id: string, row: readonly SqlValue[]): KeptRow | undefined {
    this.#rows.delete(id);
    if (surrogate.test(id)) return undefined;
    const stored = row.map(asRead);
    const json = stored.at(-1);
    if (typeof json !== 'string' || json.length > longestJson || stored.some((value) => isRewritten(value, json))) return undefined;
    const kept: KeptRow = { row: stored };
    this.#rows.set(id, kept);
    if (this.#rows.size > rowsKept) this.#rows.delete(this.#rows.keys().next().value as string);
    return kept;
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
