import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow } from '../../../lib/shapes.js';

/** Somebody in charge has seen it up to there. Never goes back. */
export async function markRead(api: Api, id: string, seq: number): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('POST', `/conversations/${encodeURIComponent(id)}/read`, { seq });
  return answer.conversation;
}
