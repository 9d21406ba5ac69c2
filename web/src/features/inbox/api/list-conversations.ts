import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import { viewQuery, type ViewName } from '../../../lib/cache/rows.js';
import type { ConversationRow, Page } from '../../../lib/shapes.js';

const pageSize = 50;

/** One view's rows, page by page. Kept up to date by live events, so that it is not fetched again on every visit. */
export function listConversations(api: Api, view: ViewName) {
  return infiniteQueryOptions({
    queryKey: keys.list(view),
    queryFn: ({ pageParam, signal }) => api.get<Page<ConversationRow>>('/conversations', { ...viewQuery(view), limit: pageSize, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
    staleTime: 60_000,
  });
}
