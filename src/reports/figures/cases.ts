import type { Millis } from '../../inbox/model/common.js';
import { botParts, caseFlag } from '../columns/layouts.js';
import type { CaseFigures, Percentiles } from '../shapes.js';
import { type ByPerson, contactsUntilSolved } from './contacts.js';
import { orderByLength } from './order-by-length.js';
import { nearestRank, nearestRanks } from './percentiles.js';
import { resolvedAfter, resolvedAfterOpen } from './resolved.js';
import type { View } from './view.js';

interface CasePeriod {
  from: Millis;
  to: Millis;
  now: Millis;
  holdsMs: number;
}

/** Figures of conversations whose first message lies in the period. `rows`: every conversation of the view; `byPerson`: the same ones. */
export function caseFiguresOf(view: View, rows: Uint32Array, byPerson: ByPerson, period: CasePeriod): CaseFigures {
  const { at } = view.cases;
  const mine = rows.filter((row) => (at.from[row] as number) >= period.from && (at.from[row] as number) < period.to);
  const lengths = { calendar: new Float64Array(mine.length), business: new Float64Array(mine.length), assigned: new Float64Array(mine.length) };
  const touches = new Float64Array(mine.length);
  const sums = { resolved: 0, assigned: 0, reopened: 0, transfers: 0, touches: 0 };
  const bot = [0, 0, 0, 0];
  for (let place = 0; place < mine.length; place += 1) {
    const row = mine[place] as number;
    const calendar = resolvedAfter(view.cases, row, period);
    if (calendar !== Infinity) {
      lengths.calendar[sums.resolved] = calendar;
      lengths.business[sums.resolved] = resolvedAfterOpen(view.cases, row, period);
      sums.resolved += 1;
    }
    if (((at.flags[row] as number) & caseFlag.assigned) !== 0) lengths.assigned[sums.assigned++] = view.cases.length('assigned', row);
    touches[place] = at.touches[row] as number;
    sums.touches += at.touches[row] as number;
    sums.reopened += at.reopened[row] as number;
    sums.transfers += at.transfers[row] as number;
    bot[at.bot[row] as number] = (bot[at.bot[row] as number] as number) + 1;
  }
  const part = (name: (typeof botParts)[number]): number => bot[botParts.indexOf(name)] ?? 0;
  return {
    conversations: mine.length, resolved: sums.resolved,
    resolution: { calendar: ranksOf(lengths.calendar, sums.resolved), business: ranksOf(lengths.business, sums.resolved) }, timeToAssign: ranksOf(lengths.assigned, sums.assigned),
    reopened: sums.reopened, transfers: sums.transfers, touches: { total: sums.touches, ...(mine.length === 0 ? {} : { median: nearestRank(inOrder(touches), 0.5) }) },
    contactsUntilSolved: contactsUntilSolved(byPerson, period),
    bot: { helped: part('helped'), handedOver: part('handed_over'), silent: part('silent') },
  };
}

/** The same values, the smallest first. */
function inOrder(values: Float64Array): Float64Array {
  const order = orderByLength(values, () => true);
  return values.map((_, at) => values[order[at] as number] as number);
}

/** Of the first `count` of them. */
function ranksOf(values: Float64Array, count: number): Percentiles {
  return nearestRanks(inOrder(values.subarray(0, count)));
}
