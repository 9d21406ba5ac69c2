import type { Api } from '../../../lib/api/client.js';
import type { ConversationRow } from '../../../lib/shapes.js';

/** Stops the clock: what started it needs no answer. */
export async function noAnswerNeeded(api: Api, id: string, reason: string): Promise<ConversationRow> {
  const answer = await api.send<{ conversation: ConversationRow }>('POST', `/conversations/${encodeURIComponent(id)}/no-answer-needed`, { reason });
  return answer.conversation;
}
