import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { CustomerRow, Page } from '../../../lib/shapes.js';

/** People by name or address; all of them when nothing is asked for. */
export function listCustomers(api: Api, text: string) {
  return infiniteQueryOptions({
    queryKey: keys.customerList(text),
    queryFn: ({ pageParam, signal }) => api.get<Page<CustomerRow>>('/customers', { ...(text === '' ? {} : { q: text }), cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
    placeholderData: keepPreviousData,
  });
}
