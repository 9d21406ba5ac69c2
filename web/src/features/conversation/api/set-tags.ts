import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow } from '../../../lib/shapes.js';

/** Replaces its tags. */
export async function setTags(api: Api, id: string, tags: string[]): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('POST', `/conversations/${encodeURIComponent(id)}/tags`, { tags });
  return answer.conversation;
}
