import { type Column, reader, type Row, type Table } from './tables.js';

/** A file of a list ends after so many. */
export const mostListed = 100_000;
const perPage = 500;

/** How a list is written. */
export interface ListContext {
  zone: string;
  publicUrl: string;
  teamName: (id: string) => string;
}

/** One page of a list; does IO. */
export type PageAt<R> = (at: { cursor?: string; limit: number }) => Promise<{ items: R[]; total: number; cursor?: string }>;

/** `cut` says, once it is known, that there were more. */
export interface MadeList {
  table: Table;
  total: number;
  cut: () => string | undefined;
}

/** A list of `what`, page after page: at most one page is held at a time. */
export async function listTable<R>(page: PageAt<R>, { columns, what, most = mostListed }: { columns: readonly Column<R>[]; what: string; most?: number }): Promise<MadeList> {
  const first = await page({ limit: Math.min(perPage, most) });
  const { heads, read } = reader(columns);
  const over = first.total > most ? `Cut after ${most} of ${first.total} ${what}. Choose a shorter period or a filter for the rest.` : undefined;
  async function* batches(): AsyncGenerator<Row[]> {
    let left = most;
    for (let now = first; ;) {
      const rows = now.items.slice(0, left);
      left -= rows.length;
      yield rows.map(read);
      if (now.cursor === undefined || left === 0) return;
      now = await page({ cursor: now.cursor, limit: Math.min(perPage, left) });
    }
  }
  return { table: { columns: heads, batches: batches() }, total: first.total, cut: () => over };
}
