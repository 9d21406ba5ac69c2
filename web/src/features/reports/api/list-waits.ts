import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { ReceiptPage } from '../../../lib/shapes.js';
import { queryText, type ReportQuery, type WaitSort } from '../model/query.js';

/** The waits behind a number. `limit` is how many come at once. */
export function listWaits(api: Api, asked: { query: ReportQuery; pick: string; sort: WaitSort; limit?: number }) {
  const { query, pick, sort, limit = 30 } = asked;
  return infiniteQueryOptions({
    queryKey: keys.waits(`${queryText(query)}|${pick}|${sort}|${limit}`),
    queryFn: ({ pageParam, signal }) => api.get<ReceiptPage>('/reports/waits', { ...query, ...(pick === '' ? {} : { pick }), sort, cursor: pageParam, limit }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
