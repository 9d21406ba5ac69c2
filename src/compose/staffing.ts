import type { Core } from '../inbox/core.js';
import type { Asking } from '../reports/api.js';
import type { ReportColumns } from '../reports/columns/report-columns.js';
import { readNames } from '../reports/names.js';
import { readPresence } from '../reports/staffing/read-presence.js';
import { hoursOf, refuseOwn, type StaffingAnswer, staffingOf, type StaffingQuestion, teamsThere } from '../reports/staffing/staffing.js';

/** Staffing over the columns that reports are counted from, and over who was there. */
export function createStaffing(core: Pick<Core, 'store' | 'times' | 'channels'>, columns: Pick<ReportColumns, 'upToDate' | 'count'>): (asking: Asking, question: StaffingQuestion) => Promise<StaffingAnswer> {
  return async (asking, question) => {
    refuseOwn(asking);
    const teams = teamsThere(asking, question, (id) => core.channels().get(id)?.teamId);
    const [names, presence] = await Promise.all([
      readNames(core.store.now, core.channels()), readPresence(core.store.now.presence, hoursOf(question), { now: asking.now, ...(teams === undefined ? {} : { teams }) }), columns.upToDate(),
    ]);
    return columns.count(asking.now, (all) => staffingOf({ columns: all, rules: core.times(), names, presence }, asking, question));
  };
}
