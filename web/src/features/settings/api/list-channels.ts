import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { ChannelView } from '../../../lib/shapes.js';

/** All connected accounts with their settings and health. For leads and administrators. */
export function listChannels(api: Api) {
  return queryOptions({ queryKey: keys.channels, queryFn: async ({ signal }) => (await api.get<{ items: ChannelView[] }>('/channels', undefined, signal)).items });
}
