import type { Api } from '../../../lib/api/client.js';
import type { CustomerView } from '../../../lib/shapes.js';

/** Sets all tags of the person. */
export function tagCustomer(api: Api, id: string, tags: readonly string[]): Promise<CustomerView> {
  return api.send('PUT', `/customers/${encodeURIComponent(id)}/tags`, { tags });
}
