import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { ConversationPage } from '../../../lib/shapes.js';
import { queryText, type ConversationSort, type ReportQuery } from '../model/query.js';

/** The conversations behind a number. */
export function listConversations(api: Api, { query, pick, sort }: { query: ReportQuery; pick: string; sort: ConversationSort }) {
  return infiniteQueryOptions({
    queryKey: keys.reportConversations(`${queryText(query)}|${pick}|${sort}`),
    queryFn: ({ pageParam, signal }) => api.get<ConversationPage>('/reports/conversations', { ...query, ...(pick === '' ? {} : { pick }), sort, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
