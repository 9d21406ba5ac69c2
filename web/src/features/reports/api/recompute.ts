import type { Api } from '../../../lib/api/client.js';
import type { Recomputed } from '../../../lib/shapes.js';
import { queryText, type ReportQuery } from '../model/query.js';

/** Computes these waits anew from the facts and says whether the kept figures are the same. Changes nothing. */
export function recompute(api: Api, query: ReportQuery, pick: string): Promise<Recomputed> {
  return api.send<Recomputed>('POST', '/reports/recompute', { query: queryText(query), ...(pick === '' ? {} : { pick }) });
}
