import type { Api } from '../../../lib/api/client.js';
import type { CustomerRow, CustomerView, Page } from '../../../lib/shapes.js';

/** Records that may be meant, by name or address. */
export async function findCustomers(api: Api, text: string, signal: AbortSignal): Promise<CustomerRow[]> {
  const page = await api.get<Page<CustomerRow>>('/customers', { ...(text === '' ? {} : { q: text }), limit: 12 }, signal);
  return page.items;
}

/** Says that another record is the same person. A pointer only, and it can be undone. */
export function joinCustomers(api: Api, id: string, otherId: string): Promise<CustomerView> {
  return api.send('POST', `/customers/${encodeURIComponent(id)}/join`, { otherId, reason: 'said by hand' });
}
