import type { Api } from '../../../lib/api/client.js';
import type { MessageView } from '../../../lib/shapes.js';

export type MessageChange = { type: 'edit'; text: string } | { type: 'delete' } | { type: 'react'; emoji: string; on: boolean };

/** Changes what we sent, takes it back, or reacts: at the channel first, then here. */
export function changeMessage(api: Api, messageId: string, { type, ...body }: MessageChange): Promise<MessageView> {
  return api.send('POST', `/messages/${encodeURIComponent(messageId)}/${type}`, body);
}
