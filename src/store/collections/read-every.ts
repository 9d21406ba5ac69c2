import type { Collection, Doc, Filter, FindOptions } from '../driver.js';

/**
 * All that match, however many, page by page in the order of their ids (`sort`), so that what is written meanwhile moves none
 * out of sight. For the rare who have more than a page; the others are read at once.
 */
export async function readEvery<T extends Doc>(rows: Collection<T>, filter: Filter<T>, page: Required<Pick<FindOptions<T>, 'sort' | 'limit'>>): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const last = all.at(-1);
    const found = await rows.find(filter, last === undefined ? page : { ...page, after: [last._id] });
    all.push(...found);
    if (found.length < page.limit) return all;
  }
}
