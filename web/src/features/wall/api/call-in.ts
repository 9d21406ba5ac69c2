import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow } from '../../../lib/shapes.js';

/** Asks a colleague to help: a note in the conversation that names them. It stays with whom it is. */
export async function callIn(api: Api, id: string, agentId: string): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('POST', `/conversations/${encodeURIComponent(id)}/call-in`, { agentId });
  return answer.conversation;
}
