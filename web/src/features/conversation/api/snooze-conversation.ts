import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow } from '../../../lib/shapes.js';

/** Puts it off until then; it comes back by itself, or when the customer writes. */
export async function snoozeConversation(api: Api, id: string, until: number): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('POST', `/conversations/${encodeURIComponent(id)}/snooze`, { until });
  return answer.conversation;
}
