import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { SearchResult } from '../../../lib/shapes.js';

/** Everything that was ever said and fits the query, newest first, page by page. */
export function searchMessages(api: Api, text: string) {
  return infiniteQueryOptions({
    queryKey: keys.search(text),
    queryFn: ({ pageParam, signal }) => api.get<SearchResult>('/search', { q: text, cursor: pageParam, limit: 30 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
    enabled: text.trim() !== '',
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });
}
