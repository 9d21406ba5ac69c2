import { useMemo } from 'react';
import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { keys } from '../../lib/cache/keys.js';
import type { ConversationRow, Page } from '../../lib/shapes.js';
import { useNow } from '../../lib/time/use-now.js';

/** Tags that stand in the lists that were fetched, to be offered for others. */
export function useKnownTags(): readonly string[] {
  const client = useQueryClient();
  const minute = Math.floor(useNow(60_000) / 60_000);
  return useMemo(() => {
    const lists = client.getQueriesData<InfiniteData<Page<ConversationRow>>>({ queryKey: keys.lists });
    const rows = lists.flatMap(([, data]) => data?.pages.flatMap((page) => page.items) ?? []);
    return [...new Set(rows.flatMap((row) => row.tags))];
    // The lists change all the time; once a minute is enough for an offer.
     
  }, [client, minute]);
}
