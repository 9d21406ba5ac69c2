import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow } from '../../../lib/shapes.js';

/** What it is about, in one line. */
export async function setSubject(api: Api, id: string, subject: string): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('POST', `/conversations/${encodeURIComponent(id)}/subject`, { subject });
  return answer.conversation;
}
