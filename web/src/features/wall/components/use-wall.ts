import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../lib/api/api-context.js';
import type { Wall } from '../../../lib/shapes.js';
import { useNow } from '../../../lib/time/use-now.js';
import { getWall } from '../api/get-wall.js';
import type { WallFilter } from '../model/filter.js';

export interface ShownWall {
  wall: Wall | undefined;
  error: unknown;
  /** The server's time: a screen whose own clock is wrong shows the same as all others. */
  now: number;
  /** When the numbers were true, by the server's time. */
  asOf: number;
  /** They are older than half a minute: nobody should act on them. */
  stale: boolean;
  retry: () => void;
}

const staleMs = 30_000;

/** The wall, kept up to date for as long as it is shown. */
export function useWall(filter: WallFilter): ShownWall {
  const api = useApi();
  const query = useQuery(getWall(api, filter));
  const here = useNow(2_000);
  const { data: wall, dataUpdatedAt } = query;
  const ahead = wall === undefined ? 0 : wall.now - dataUpdatedAt;
  const now = Math.max(here, dataUpdatedAt) + ahead;
  return { wall, error: wall === undefined ? query.error : null, now, asOf: wall?.now ?? now, stale: wall !== undefined && here - dataUpdatedAt > staleMs, retry: () => void query.refetch() };
}
