import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow } from '../../../lib/shapes.js';

/** Colleagues follow it in a thread there, and may answer from it. */
export async function startMirror(api: Api, id: string, to: { channelId: string; place: string }): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('POST', `/conversations/${encodeURIComponent(id)}/mirror`, to);
  return answer.conversation;
}

export async function stopMirror(api: Api, id: string): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('DELETE', `/conversations/${encodeURIComponent(id)}/mirror`);
  return answer.conversation;
}
