import type { Figures, Report } from '../../../lib/shapes.js';
import { groupSorts, type GroupSort } from './query.js';

type GroupRow = Report['groups'][number];
type Clock = Report['time'];

/** Which column, and which way round. Names begin with A, numbers with the highest. */
export interface Order {
  by: GroupSort;
  reversed: boolean;
}

export function orderOf(word: string | undefined): Order | undefined {
  const by = groupSorts.find((sort) => sort === word?.replace('-', ''));
  return by === undefined ? undefined : { by, reversed: word?.startsWith('-') === true };
}

/** The word for the address after a press on a column's head. */
export function pressed(order: Order | undefined, by: GroupSort): string {
  return order?.by === by && !order.reversed ? `-${by}` : by;
}

/** As ordered; without an order as they came, which is by hour, by weekday, by count. What is unknown comes last either way. */
export function orderedGroups(groups: readonly GroupRow[], order: Order | undefined, clock: Clock): readonly GroupRow[] {
  if (order === undefined) return [...groups].sort((one, other) => Number(isRest(one)) - Number(isRest(other)));
  const way = order.reversed ? -1 : 1;
  if (order.by === 'name') return [...groups].sort((one, other) => way * one.key.name.localeCompare(other.key.name, 'en', { numeric: true }));
  const valueOf = (row: GroupRow) => columnValue(row.now, order.by, clock);
  return [...groups].sort((one, other) => {
    const [first, second] = [valueOf(one), valueOf(other)];
    if (first === undefined || second === undefined) return first === second ? 0 : first === undefined ? 1 : -1;
    return way * (second - first);
  });
}

/** What belongs to no group: nobody has answered, no tag, no team. */
export function isRest(row: GroupRow): boolean {
  return row.key.id === 'none';
}

function columnValue(figures: Figures, by: GroupSort, clock: Clock): number | undefined {
  if (by === 'waits') return figures.waits;
  if (by === 'target') {
    const decided = figures.target.within + figures.target.over;
    return decided === 0 ? undefined : figures.target.within / decided;
  }
  return by === 'p50' ? figures[clock].answered.p50 : figures[clock].answered.p90;
}
