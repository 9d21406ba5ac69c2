import type { Api } from '../../../lib/api/client.js';

/** Tells colleagues (and, on web chat, the customer) that one writes. */
export function tellTyping(api: Api, conversationId: string, on: boolean): Promise<void> {
  return api.send('POST', `/conversations/${encodeURIComponent(conversationId)}/typing`, { on }, { keepalive: true });
}

/** Tells colleagues that one has it open. */
export function tellViewing(api: Api, conversationId: string, on: boolean): Promise<void> {
  return api.send('POST', `/conversations/${encodeURIComponent(conversationId)}/viewing`, { on }, { keepalive: true });
}
