import { QueryClient } from '@tanstack/react-query';
import { isUnreachable } from '../lib/api/api-error.js';

/** The cache of everything fetched. Opened conversations stay for half an hour and are shown at once. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        gcTime: 30 * 60_000,
        refetchOnWindowFocus: false,
        // What was refused is refused again; only the way to the server is worth another try.
        retry: (failures, error) => failures < 2 && isUnreachable(error),
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
