import { tooLong } from '../columns/column-table.js';
import { holderColumns, holderKinds } from '../columns/layouts.js';
import type { GroupRow } from '../shapes.js';
import { figuresOf } from './figures-of.js';
import { type Grouping, partitionBy } from './grouping.js';
import { type Partition, sumsByPart } from './partition.js';
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
  const width = holderKinds.length;
  const sums = sumsByPart(partition, width, (into, first) => {
    for (let holder = 0; holder < width; holder += 1) addColumn(selection, partition, { clock, holder }, { into, first });
  });
  return Array.from({ length: partition.parts }, (_, part) => Object.fromEntries(holderKinds.map((kind, holder) => [kind, sums[part * width + holder] ?? 0])));
}

function addColumn({ view: { waits }, rows }: Selection, { of }: Partition, { clock, holder }: { clock: Clock; holder: number }, { into, first }: { into: Float64Array; first: number }): void {
  const name = holderColumns[clock][holder] ?? 'calendarAgent';
  const column = waits.at[name];
  for (let place = 0; place < rows.length; place += 1) {
    const short = column[rows[place] as number] as number;
    // Most waits lay with one or two of the five.
    if (short === 0) continue;
    const at = ((of[place] as number) + first) * holderKinds.length + holder;
    into[at] = (into[at] as number) + (short === tooLong ? waits.length(name, rows[place] as number) : short);
  }
}

function largestFirst(a: GroupRow, b: GroupRow): number {
  return b.now.waits - a.now.waits || (b.before?.waits ?? 0) - (a.before?.waits ?? 0) || (a.key.name < b.key.name ? -1 : 1);
}

function inOrder(order: readonly string[]): (a: GroupRow, b: GroupRow) => number {
  return (a, b) => order.indexOf(a.key.id) - order.indexOf(b.key.id);
}
