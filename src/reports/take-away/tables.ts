import { type ClockKind, lengthWords } from './lengths.js';

/** What a cell holds: a length or a count as a number, everything else as text; absent: nothing is known. */
export type Cell = string | number | undefined;

/** One column: a name for programs, one for people, and how its cell is read off a row. */
export interface Column<R> {
  key: string;
  title: string;
  cell: (row: R) => Cell;
}

/** A row that has been read off: cells in the order of the columns. */
export type Row = readonly Cell[];

/** What a file is made of, the same for CSV and JSON. Rows come in batches, so that a long file is never held whole. */
export interface Table {
  columns: readonly { key: string; title: string }[];
  batches: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>;
}

/** A table of rows that are there already. */
export function tableOf<R>(columns: readonly Column<R>[], rows: Iterable<R>): Table {
  const { read, heads } = reader(columns);
  return { columns: heads, batches: [Array.from(rows, read)] };
}

/** How rows are read off by these columns. */
export function reader<R>(columns: readonly Column<R>[]): { heads: Table['columns']; read: (row: R) => Row } {
  return { heads: columns.map(({ key, title }) => ({ key, title })), read: (row) => columns.map((column) => column.cell(row)) };
}

/** A length: in ms as it was reckoned, and beside it in words. */
export function lengthColumns<R>(key: string, title: string, clock: ClockKind, ms: (row: R) => number | undefined): Column<R>[] {
  return [
    { key: `${key}Ms`, title: `${title} (ms)`, cell: ms },
    { key: `${key}Words`, title, cell: (row) => wordsOf(ms(row), clock) },
  ];
}

function wordsOf(ms: number | undefined, clock: ClockKind): string | undefined {
  return ms === undefined ? undefined : lengthWords(ms, clock);
}
