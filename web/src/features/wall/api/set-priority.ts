import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow, Priority } from '../../../lib/shapes.js';

/** How urgent it is. */
export async function setPriority(api: Api, id: string, priority: Priority): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('POST', `/conversations/${encodeURIComponent(id)}/priority`, { priority });
  return answer.conversation;
}
