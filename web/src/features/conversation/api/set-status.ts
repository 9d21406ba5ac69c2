import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow } from '../../../lib/shapes.js';

/** Resolves, opens again, or marks as spam. */
export async function setStatus(api: Api, id: string, status: 'open' | 'pending' | 'resolved' | 'spam'): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('POST', `/conversations/${encodeURIComponent(id)}/status`, { status });
  return answer.conversation;
}
