import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow } from '../../../lib/shapes.js';

/** Gives it to somebody, or puts it back with `null`; `conflict` when `ifAssignedTo` is given and no longer true. */
export async function assign(api: Api, id: string, to: { assigneeId: string | null; ifAssignedTo?: string | null }): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('POST', `/conversations/${encodeURIComponent(id)}/assign`, to);
  return answer.conversation;
}
