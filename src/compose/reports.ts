import type { Core } from '../inbox/core.js';
import { createReports, type ReportEngine } from '../reports/create-reports.js';

/** The report engine over the core's store. Reads nothing before somebody asks for a report; `stop` saves its columns. */
export function openReports(core: Pick<Core, 'store' | 'times' | 'channels' | 'clock' | 'log'>): ReportEngine {
  return createReports({ c: core.store.now, times: core.times, channels: core.channels, clock: core.clock, log: core.log });
}
