import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { Me } from '../../../lib/shapes.js';

/** What reports count, and who sees them. */
export interface ReportRules {
  resolveHoldsHours: number;
  reports: Me['workspace']['reports'];
}

export function getReportRules(api: Api) {
  return queryOptions({ queryKey: keys.settings, queryFn: ({ signal }) => api.get<Me['workspace'] & ReportRules>('/settings', undefined, signal), staleTime: 0 });
}

export function saveReportRules(api: Api, { resolveHoldsHours, reports }: ReportRules): Promise<Me['workspace'] & ReportRules> {
  return api.send('PATCH', '/settings', { resolveHoldsHours, reports });
}
