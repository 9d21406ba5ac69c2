import type { Core } from '../inbox/core.js';
import type { Asking } from '../reports/api.js';
import type { ReportColumns } from '../reports/columns/report-columns.js';
import { readNames } from '../reports/names.js';
import { PresenceDays } from '../reports/staffing/presence-days.js';
import { readPresence } from '../reports/staffing/read-presence.js';
import { type StaffingAnswer, staffingFrame, staffingOf, type StaffingQuestion } from '../reports/staffing/staffing.js';

/** Staffing over the columns that reports are counted from, and over who was there. */
export function createStaffing(core: Pick<Core, 'store' | 'times' | 'channels'>, columns: Pick<ReportColumns, 'upToDate' | 'count'>): (asking: Asking, question: StaffingQuestion) => Promise<StaffingAnswer> {
  const days = new PresenceDays(core.store.now.presence);
  return async (asking, question) => {
    const rules = core.times();
    const frame = staffingFrame({ rules, teamOf: (id) => core.channels().get(id)?.teamId }, asking, question);
    const [names, presence] = await Promise.all([
      readNames(core.store.now, core.channels()), readPresence(days, frame.hours, { ...frame, now: asking.now }), columns.upToDate(),
    ]);
    return columns.count(asking.now, (all) => staffingOf({ columns: all, rules, names, frame, presence }, asking, question));
  };
}
