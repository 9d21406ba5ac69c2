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
    addShort(selection, partition, { clock, into, first });
    addLong(selection, partition, { clock, into, first });
  });
  return Array.from({ length: partition.parts }, (_, part) => Object.fromEntries(holderKinds.map((kind, holder) => [kind, sums[part * width + holder] ?? 0])));
}

interface Into {
  clock: Clock;
  into: Float64Array;
  first: number;
}

/** Without a branch, and the five next to one another: asking which of them are zero costs more than adding them. */
function addShort({ view: { waits }, rows }: Selection, { of }: Partition, { clock, into, first }: Into): void {
  const [bot, unassigned, agent, snoozed, customer] = holderColumns[clock];
  const columns = { bot: waits.at[bot], unassigned: waits.at[unassigned], agent: waits.at[agent], snoozed: waits.at[snoozed], customer: waits.at[customer] };
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] as number;
    const at = ((of[place] as number) + first) * 5;
    into[at] = (into[at] as number) + (columns.bot[row] as number);
    into[at + 1] = (into[at + 1] as number) + (columns.unassigned[row] as number);
    into[at + 2] = (into[at + 2] as number) + (columns.agent[row] as number);
    into[at + 3] = (into[at + 3] as number) + (columns.snoozed[row] as number);
    into[at + 4] = (into[at + 4] as number) + (columns.customer[row] as number);
  }
}

/** What the few lengths that lie beside their column are longer than what stands in it. */
function addLong(selection: Selection, { of }: Partition, { clock, into, first }: Into): void {
  holderColumns[clock].forEach((name, holder) => {
    for (const [row, ms] of selection.view.waits.longOnes(name)) {
      const place = selection.placeOf(row);
      if (place === undefined) continue;
      const at = ((of[place] as number) + first) * holderKinds.length + holder;
      into[at] = (into[at] as number) + ms - tooLong;
    }
  });
}

function largestFirst(a: GroupRow, b: GroupRow): number {
  return b.now.waits - a.now.waits || (b.before?.waits ?? 0) - (a.before?.waits ?? 0) || (a.key.name < b.key.name ? -1 : 1);
}

function inOrder(order: readonly string[]): (a: GroupRow, b: GroupRow) => number {
  return (a, b) => order.indexOf(a.key.id) - order.indexOf(b.key.id);
}
