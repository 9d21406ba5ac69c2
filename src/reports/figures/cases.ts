import type { Millis } from '../../inbox/model/common.js';
import { botParts, caseFlag } from '../columns/layouts.js';
import type { CaseFigures, Report } from '../shapes.js';
import { contactsUntilSolved } from './contacts.js';
import { nearestRank, nearestRanks } from './nearest-ranks.js';
import { type Resolved, resolvedAfter } from './resolved.js';
import type { View } from './view.js';

export interface CasePeriod {
  from: Millis;
  to: Millis;
}

/** Figures of the conversations whose first message lies in the period, and of those of the period before. */
export function caseFiguresOf(view: View, { now, before }: { now: CasePeriod; before: CasePeriod | undefined }, holdsMs: number): Report['cases'] {
  const { scratch } = view.columns;
  return scratch.within(() => {
    const rows = view.allCases();
    const resolved = resolvedAfter(view, rows, { now: view.asking.now, holdsMs });
    const contacts = contactsUntilSolved(view, rows, resolved, before === undefined ? [now] : [now, before]);
    const of = (period: CasePeriod): CaseFigures => scratch.within(() => ({ ...ofPeriod(view, rowsOf(view, rows, period), resolved), contactsUntilSolved: contacts(period) }));
    return { now: of(now), ...(before === undefined ? {} : { before: of(before) }) };
  });
}

/** Those of these conversations whose first message lies in the period. */
export function rowsOf(view: View, rows: Uint32Array, { from, to }: CasePeriod): Uint32Array {
  const begun = view.cases.at.from;
  const found = view.columns.scratch.u32(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    if ((begun[row] as number) >= from && (begun[row] as number) < to) found[count++] = row;
  }
  return found.subarray(0, count);
}

function ofPeriod(view: View, rows: Uint32Array, resolved: Resolved): Omit<CaseFigures, 'contactsUntilSolved'> {
  const { at } = view.cases;
  const assignedAfter = view.cases.reader('assigned');
  const { scratch } = view.columns;
  const lengths = { calendar: scratch.f64(rows.length), business: scratch.f64(rows.length), assigned: scratch.f64(rows.length) };
  const touches = scratch.f64(rows.length);
  const bot = [0, 0, 0, 0];
  let [resolvedOnes, assignedOnes, reopened, transfers, touched] = [0, 0, 0, 0, 0];
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] as number;
    const after = resolved.calendar[row] as number;
    if (after !== Infinity) {
      lengths.calendar[resolvedOnes] = after;
      lengths.business[resolvedOnes] = resolved.business[row] as number;
      resolvedOnes += 1;
    }
    if (((at.flags[row] as number) & caseFlag.assigned) !== 0) lengths.assigned[assignedOnes++] = assignedAfter(row);
    touches[place] = at.touches[row] as number;
    touched += at.touches[row] as number;
    reopened += at.reopened[row] as number;
    transfers += at.transfers[row] as number;
    bot[at.bot[row] as number] = (bot[at.bot[row] as number] as number) + 1;
  }
  const part = (name: (typeof botParts)[number]): number => bot[botParts.indexOf(name)] ?? 0;
  const ranks = (values: Float64Array, count: number): CaseFigures['timeToAssign'] => nearestRanks(values.subarray(0, count), scratch);
  return {
    conversations: rows.length, resolved: resolvedOnes,
    resolution: { calendar: ranks(lengths.calendar, resolvedOnes), business: ranks(lengths.business, resolvedOnes) }, timeToAssign: ranks(lengths.assigned, assignedOnes),
    reopened, transfers, touches: { total: touched, ...(rows.length === 0 ? {} : { median: nearestRank(touches, 0.5, scratch) }) },
    bot: { helped: part('helped'), handedOver: part('handed_over'), silent: part('silent') },
  };
}
