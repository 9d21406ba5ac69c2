import type { Core } from '../inbox/core.js';
import type { Asking } from '../reports/api.js';
import type { ReportColumns } from '../reports/columns/report-columns.js';
import { readNames } from '../reports/names.js';
import { type StaffingAnswer, staffingOf, type StaffingQuestion } from '../reports/staffing/staffing.js';

/** Staffing over the columns that reports are counted from. */
export function createStaffing(core: Pick<Core, 'store' | 'times' | 'channels'>, columns: Pick<ReportColumns, 'upToDate' | 'count'>): (asking: Asking, question: StaffingQuestion) => Promise<StaffingAnswer> {
  return async (asking, question) => {
    const [names] = await Promise.all([readNames(core.store.now, core.channels()), columns.upToDate()]);
    return columns.count(asking.now, (all) => staffingOf({ columns: all, rules: core.times(), names }, asking, question));
  };
}
