import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../api/client.js';
import { keys } from './keys.js';
import type { Definition } from '../shapes.js';

/** What each number means; the same texts as in the documentation. */
export function getDefinitions(api: Api) {
  return queryOptions({
    queryKey: keys.reportDefinitions,
    queryFn: async ({ signal }) => (await api.get<{ items: Definition[] }>('/reports/definitions', undefined, signal)).items,
    staleTime: Infinity,
  });
}
