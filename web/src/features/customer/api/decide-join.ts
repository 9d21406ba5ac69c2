import type { Api } from '../../../lib/api/client.js';
import type { CustomerView } from '../../../lib/shapes.js';

/** Joins two records as suggested, refuses the suggestion, or takes a join back. Nothing is lost either way. */
export function decideJoin(api: Api, joinId: string, decision: 'join' | 'reject' | 'undo'): Promise<CustomerView> {
  return api.send('POST', `/customers/joins/${encodeURIComponent(joinId)}`, { decision });
}
