import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { LedgerEntry, Page } from '../../../lib/shapes.js';

/** Every event that came in and what became of it, newest first. */
export function listLedger(api: Api, state: LedgerEntry['state'] | 'all') {
  return infiniteQueryOptions({
    queryKey: keys.ledger(state),
    queryFn: ({ pageParam, signal }) => api.get<Page<LedgerEntry>>('/ledger', { ...(state === 'all' ? {} : { state }), cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
  });
}

/** Applies an event again, or sets it aside for good. */
export function decideLedgerEntry(api: Api, id: string, to: 'replay' | 'discard'): Promise<LedgerEntry> {
  return api.send('POST', `/ledger/${encodeURIComponent(id)}/${to}`);
}
