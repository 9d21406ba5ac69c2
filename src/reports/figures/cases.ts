import type { Millis } from '../../inbox/model/common.js';
import { botParts, caseFlag } from '../columns/layouts.js';
import type { CaseFigures } from '../shapes.js';
import { type ByPerson, contactsUntilSolved } from './contacts.js';
import { nearestRank, nearestRanks } from './percentiles.js';
import { effectiveResolve } from './resolved.js';
import type { View } from './view.js';

/** Figures of conversations whose first message lies in the period. `all`: every conversation of the view, see `casesByPerson`. */
export function caseFiguresOf(view: View, all: ByPerson, period: { from: Millis; to: Millis; now: Millis; holdsMs: number }): CaseFigures {
  const { at } = view.cases;
  const mine = all.rows.filter((row) => (at.from[row] as number) >= period.from && (at.from[row] as number) < period.to);
  const resolved = { calendar: new Float64Array(mine.length), business: new Float64Array(mine.length), count: 0 };
  const touches = new Float64Array(mine.length);
  const assigned: number[] = [];
  const sums = { reopened: 0, transfers: 0, touches: 0 };
  const bot = [0, 0, 0, 0];
  mine.forEach((row, index) => {
    const found = effectiveResolve(view.cases, row, period);
    if (found !== undefined) {
      resolved.calendar[resolved.count] = found.calendar;
      resolved.business[resolved.count] = found.business;
      resolved.count += 1;
    }
    if (((at.flags[row] as number) & caseFlag.assigned) !== 0) assigned.push(view.cases.length('assigned', row));
    touches[index] = at.touches[row] as number;
    sums.touches += at.touches[row] as number;
    sums.reopened += at.reopened[row] as number;
    sums.transfers += at.transfers[row] as number;
    bot[at.bot[row] as number] = (bot[at.bot[row] as number] as number) + 1;
  });
  touches.sort();
  const part = (name: (typeof botParts)[number]): number => bot[botParts.indexOf(name)] ?? 0;
  return {
    conversations: mine.length, resolved: resolved.count,
    resolution: { calendar: nearestRanks(resolved.calendar.subarray(0, resolved.count).sort()), business: nearestRanks(resolved.business.subarray(0, resolved.count).sort()) },
    timeToAssign: nearestRanks(Float64Array.from(assigned).sort()),
    reopened: sums.reopened, transfers: sums.transfers, touches: { total: sums.touches, ...(touches.length === 0 ? {} : { median: nearestRank(touches, 0.5) }) },
    contactsUntilSolved: contactsUntilSolved(view, all, period),
    bot: { helped: part('helped'), handedOver: part('handed_over'), silent: part('silent') },
  };
}
