import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { CustomerView } from '../../../lib/shapes.js';

/** A person with everything that is held about them. */
export function getCustomer(api: Api, id: string) {
  return queryOptions({ queryKey: keys.customer(id), queryFn: ({ signal }) => api.get<CustomerView>(`/customers/${encodeURIComponent(id)}`, undefined, signal), staleTime: 5000 });
}
