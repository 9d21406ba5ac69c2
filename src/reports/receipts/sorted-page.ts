import { AppError } from '../../errors.js';
import type { Selection } from '../figures/selection.js';
import type { ReceiptsQuery } from '../shapes.js';

/** Part of a selection in the order asked for. */
export interface SortedPage {
  rows: number[];
  cursor?: string;
}

/** Where the last page ended, and at which moment its lengths were taken, so that open waits keep their place. */
export interface Cursor {
  now: number;
  value: number;
  row: number;
}

/** The rows after the cursor, first by the sort, then by number. */
export function sortedPage(selection: Selection, query: Pick<ReceiptsQuery, 'sort' | 'limit'>, cursor: Cursor | undefined): SortedPage {
  const key = keyOf(selection, query.sort);
  return pageOf(selection.rows, key, { now: selection.now, limit: query.limit, cursor });
}

/** The same of any rows, by a key of the row itself. */
export function sortedKeys(rows: Uint32Array, key: (row: number) => number, asked: { now: number; limit: number; cursor: Cursor | undefined }): SortedPage {
  return pageOf(rows, (place) => key(rows[place] as number), asked);
}

function pageOf(all: Uint32Array, key: (place: number) => number, { now, limit, cursor }: { now: number; limit: number; cursor: Cursor | undefined }): SortedPage {
  const after = (place: number): boolean => cursor === undefined || key(place) > cursor.value || (key(place) === cursor.value && (all[place] as number) > cursor.row);
  const places: number[] = [];
  for (let place = 0; place < all.length; place += 1) if (after(place)) places.push(place);
  const wanted = smallest(places, limit + 1, (a, b) => key(a) - key(b) || (all[a] as number) - (all[b] as number));
  const page = wanted.slice(0, limit);
  const last = page.at(-1);
  const rows = page.map((place) => all[place] as number);
  if (wanted.length <= limit || last === undefined) return { rows };
  return { rows, cursor: written({ now, value: key(last), row: all[last] as number }) };
}

/** Smaller comes first. */
function keyOf(selection: Selection, sort: ReceiptsQuery['sort']): (place: number) => number {
  switch (sort) {
    case 'oldest': return (place) => selection.from(place);
    case 'newest': return (place) => -selection.from(place);
    case 'longest': {
      const lengths = selection.lengths(selection.view.query.time);
      return (place) => -(lengths[place] as number);
    }
  }
}

/** The first few in order, without sorting all. */
function smallest(places: readonly number[], count: number, compare: (a: number, b: number) => number): number[] {
  let kept: number[] = [];
  let worst: number | undefined;
  for (const place of places) {
    if (worst !== undefined && compare(place, worst) >= 0) continue;
    kept.push(place);
    if (kept.length < 4 * count + 256) continue;
    kept = kept.sort(compare).slice(0, count);
    worst = kept.at(-1);
  }
  return kept.sort(compare).slice(0, count);
}

function written({ now, value, row }: Cursor): string {
  return Buffer.from(JSON.stringify([now, value, row])).toString('base64url');
}

/** Throws `bad_request` on anything that `sortedPage` did not make, or made more than a day ago. */
export function readCursor(text: string, now: number): Cursor {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    throw new AppError('bad_request', 'This cursor is not one of ours.', { cause: error });
  }
  if (!Array.isArray(values) || values.length !== 3 || !values.every((value) => Number.isFinite(value))) throw new AppError('bad_request', 'This cursor is not one of ours.');
  const [then, value, row] = values as [number, number, number];
  if (then > now || then < now - 86_400_000) throw new AppError('bad_request', 'This cursor is too old. Please begin again with the first page.');
  return { now: then, value, row };
}
