import type { Api } from '../../../lib/api/client.js';
import type { Sent } from './send-reply.js';

/** Writes something that stays inside the house. */
export function addNote(api: Api, conversationId: string, input: { text: string; attachmentIds: string[]; clientId: string; mentions: string[] }): Promise<Sent> {
  return api.send('POST', `/conversations/${encodeURIComponent(conversationId)}/note`, input);
}
