import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { ChannelType } from '../../../lib/shapes.js';

/** The kinds of channels there are, with the fields of their forms. */
export function listChannelTypes(api: Api) {
  return queryOptions({ queryKey: keys.channelTypes, queryFn: async ({ signal }) => (await api.get<{ items: ChannelType[] }>('/channels/types', undefined, signal)).items, staleTime: Infinity });
}
