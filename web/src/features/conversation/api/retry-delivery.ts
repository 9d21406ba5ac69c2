import type { Api } from '../../../lib/api/client.js';
import type { MessageView } from '../../../lib/shapes.js';

/** Sends a failed message again, or an unknown one whose possible doubling is accepted. */
export function retryDelivery(api: Api, messageId: string): Promise<MessageView> {
  return api.send('POST', `/messages/${encodeURIComponent(messageId)}/retry`);
}
