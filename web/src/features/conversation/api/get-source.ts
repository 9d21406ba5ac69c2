import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';

/** The message exactly as it came in. */
export function getSource(api: Api, messageId: string) {
  return queryOptions({ queryKey: ['source', messageId], queryFn: () => api.text(`/messages/${encodeURIComponent(messageId)}/source`), staleTime: Infinity });
}
