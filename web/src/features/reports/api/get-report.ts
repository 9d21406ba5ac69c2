import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { Report } from '../../../lib/shapes.js';
import { queryText, type ReportQuery } from '../model/query.js';

/** The whole page in one call. What was shown stays until the new one is here. */
export function getReport(api: Api, query: ReportQuery) {
  return queryOptions({
    queryKey: keys.report(queryText(query)),
    queryFn: ({ signal }) => api.get<Report>('/reports', { ...query }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchInterval: 5 * 60_000,
  });
}
