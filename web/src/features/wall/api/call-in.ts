import type { Api } from '../../../lib/api/client.js';

/** Asks a colleague to help: a note in the conversation that names them. It stays with whom it is. Is finished even when the page is left. */
export async function callIn(api: Api, id: string, agentId: string): Promise<void> {
  await api.send('POST', `/conversations/${encodeURIComponent(id)}/call-in`, { agentId }, { keepalive: true });
}
