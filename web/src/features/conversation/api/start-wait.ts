import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow } from '../../../lib/shapes.js';

/** Starts the clock after all, from the customer's own time: what was taken for thanks asks for something, or the wait runs on as if it had not been ended. */
export async function startWait(api: Api, id: string): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('POST', `/conversations/${encodeURIComponent(id)}/wait`, {});
  return answer.conversation;
}
