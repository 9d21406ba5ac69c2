import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../api/client.js';
import type { Me } from '../shapes.js';
import { keys } from './keys.js';

/** The first call of the screen: who I am, colleagues, teams, figures, channels. */
export function getMe(api: Api) {
  return queryOptions({
    queryKey: keys.me,
    queryFn: async ({ signal }) => {
      const me = await api.get<Me>('/me', undefined, signal);
      api.useCsrf(me.csrf);
      return me;
    },
    staleTime: 5 * 60_000,
  });
}
