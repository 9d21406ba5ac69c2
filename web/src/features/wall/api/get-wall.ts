import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { Wall } from '../../../lib/shapes.js';
import type { WallFilter } from '../model/filter.js';

const everyMs = 15_000;

/** Who waits now. Live events have it fetched again; a quiet hour does too, so that no number stands there unproved. */
export function getWall(api: Api, { team, channel }: WallFilter) {
  return queryOptions({
    queryKey: keys.wall(`${team ?? ''};${channel ?? ''}`),
    queryFn: ({ signal }) => api.get<Wall>('/reports/wall', { team, channel }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
    refetchOnWindowFocus: true,
    staleTime: 0,
  });
}
