import { stringify } from 'csv-stringify/sync';
import type { Table } from './tables.js';

/** A break within a cell is quoted; the library does it by itself only when no delimiter is set. Spreadsheets run what begins with `=`, `+`, `-`, `@`, tab or return; such text gets a `'` before it. Numbers stay numbers. */
const options = { escape_formulas: true, record_delimiter: 'windows', quote_record_delimiter: true, header: false } as const;

/**
 * A table as CSV, a piece per batch: UTF-8 with a byte order mark (so that Excel reads it as such), CRLF, a row of titles
 * first. `after` becomes a row of one cell at the end.
 */
export async function* csvOf(table: Table, after?: () => string | undefined): AsyncGenerator<string> {
  yield `\u{feff}${stringify([table.columns.map((column) => column.title)], options)}`;
  for await (const rows of table.batches) if (rows.length > 0) yield stringify(rows.map((row) => [...row]), options);
  const last = after?.();
  if (last !== undefined) yield stringify([[last]], options);
}

/** The same as JSON, a piece per batch: what the file is about, then `rows` as objects, then whether it was cut. */
export async function* jsonOf(about: Record<string, unknown>, table: Table, after?: () => string | undefined): AsyncGenerator<string> {
  const columns = Object.fromEntries(table.columns.map(({ key, title }) => [key, title]));
  yield `${JSON.stringify({ ...about, columns }).slice(0, -1)},"rows":[`;
  let first = true;
  for await (const rows of table.batches) {
    const texts = rows.map((row) => JSON.stringify(Object.fromEntries(table.columns.flatMap(({ key }, index) => (row[index] === undefined ? [] : [[key, row[index]]])))));
    if (texts.length === 0) continue;
    yield `${first ? '' : ','}\n${texts.join(',\n')}`;
    first = false;
  }
  const last = after?.();
  yield `\n]${last === undefined ? '' : `,"cut":${JSON.stringify(last)}`}}\n`;
}
