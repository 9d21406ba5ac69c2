import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { queryString } from '../../../lib/api/query-string.js';
import { keys } from '../../../lib/cache/keys.js';
import type { Staffing } from '../../../lib/shapes.js';
import { staffingQuery, type StaffingSearch } from '../model/query.js';

/** How many people each hour of the week needs, beside how many were there. */
export function getStaffing(api: Api, search: StaffingSearch, now: number) {
  const query = staffingQuery(search, now);
  return queryOptions({
    queryKey: keys.staffing(queryString(query)),
    queryFn: ({ signal }) => api.get<Staffing>('/reports/staffing', query, signal),
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  });
}
