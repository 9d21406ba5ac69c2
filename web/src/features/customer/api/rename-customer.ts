import type { Api } from '../../../lib/api/client.js';
import type { CustomerView } from '../../../lib/shapes.js';

/** What the person is called here. */
export function renameCustomer(api: Api, id: string, name: string): Promise<CustomerView> {
  return api.send('PATCH', `/customers/${encodeURIComponent(id)}`, { name });
}
