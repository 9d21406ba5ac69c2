import { queryOptions, type QueryClient } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import { mergeNewest, type Thread } from '../../../lib/cache/thread.js';
import type { ConversationDetail } from '../../../lib/shapes.js';

/** All that the screen needs of a conversation, in one call; its messages join the window that is already shown. */
export function getConversation(api: Api, client: QueryClient, id: string) {
  return queryOptions({
    queryKey: keys.conversation(id),
    queryFn: async ({ signal }) => {
      const detail = await api.get<ConversationDetail>(`/conversations/${encodeURIComponent(id)}`, { timeline: 1 }, signal);
      client.setQueryData<Thread>(keys.thread(id), (thread) => mergeNewest(thread, detail));
      return detail;
    },
    staleTime: 5000,
  });
}
