import type { Api } from '../../../lib/api/client.js';
import type { ThreadPage } from '../../../lib/cache/thread.js';

/** A page of the person's story: before or after a cursor, around a message, or the newest. */
export function getMessages(api: Api, conversationId: string, at: { before: string } | { after: string } | { around: string } | Record<string, never>): Promise<ThreadPage> {
  return api.get(`/conversations/${encodeURIComponent(conversationId)}/messages`, { ...at, limit: 50, timeline: 1 });
}
