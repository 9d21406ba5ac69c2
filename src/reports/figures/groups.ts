import { holderColumns, holderKinds } from '../columns/layouts.js';
import type { GroupRow } from '../shapes.js';
import { figuresOf } from './figures-of.js';
import { type Grouping, partitionBy } from './grouping.js';
import type { Partition } from './partition.js';
import type { Clock, Selection } from './selection.js';

/** One row a group, beside the same group of the period before. Groups of both periods are shown. */
export function groupsOf(now: Selection, before: Selection | undefined, grouping: Grouping): GroupRow[] {
  const mine = partitionBy(now, grouping);
  const theirs = before === undefined ? undefined : partitionBy(before, grouping, mine.ids);
  const ids = theirs?.ids ?? mine.ids;
  const { average, time } = now.view.query;
  const partition = { ...mine.partition, parts: ids.length };
  const figures = figuresOf(now, partition, average === true);
  const earlier = before === undefined || theirs === undefined ? undefined : figuresOf(before, theirs.partition, average === true);
  const where = whereOf(now, time, partition);
  const rows = ids.map((id, part): GroupRow => ({
    key: grouping.keyOf(id), now: figures[part] as GroupRow['now'], ...(earlier?.[part] === undefined ? {} : { before: earlier[part] }), where: where[part] ?? {},
  }));
  return rows.sort(grouping.order === undefined ? largestFirst : inOrder(grouping.order));
}

/** How long the waits of each part lay with whom, by the names of `holderKinds`. */
export function whereOf(selection: Selection, clock: Clock, partition: Partition): Record<string, number>[] {
  const sums = Array.from({ length: partition.parts }, () => Object.fromEntries(holderKinds.map((kind) => [kind, 0])));
  const { of, more } = partition;
  holderColumns[clock].forEach((column, holder) => {
    const { waits } = selection.view;
    const short = waits.at[column];
    const kind = holderKinds[holder] ?? 'agent';
    const totals = new Float64Array(partition.parts);
    for (let place = 0; place < selection.size; place += 1) {
      const row = selection.rows[place] as number;
      const part = of[place] as number;
      // Most waits lay with one or two of the five.
      if (short[row] === 0 || part < 0) continue;
      const ms = waits.length(column, row);
      totals[part] = (totals[part] as number) + ms;
      for (const other of more?.get(place) ?? []) totals[other] = (totals[other] as number) + ms;
    }
    sums.forEach((sum, part) => {
      sum[kind] = totals[part] as number;
    });
  });
  return sums;
}

function largestFirst(a: GroupRow, b: GroupRow): number {
  return b.now.waits - a.now.waits || (b.before?.waits ?? 0) - (a.before?.waits ?? 0) || (a.key.name < b.key.name ? -1 : 1);
}

function inOrder(order: readonly string[]): (a: GroupRow, b: GroupRow) => number {
  return (a, b) => order.indexOf(a.key.id) - order.indexOf(b.key.id);
}
