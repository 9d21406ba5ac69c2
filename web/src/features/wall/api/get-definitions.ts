import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { Definition } from '../../../lib/shapes.js';

/** What each number means; the same texts as in the reports and in the documentation. */
export function getDefinitions(api: Api) {
  return queryOptions({
    queryKey: keys.reportDefinitions,
    queryFn: async ({ signal }) => (await api.get<{ items: Definition[] }>('/reports/definitions', undefined, signal)).items,
    staleTime: Infinity,
  });
}
