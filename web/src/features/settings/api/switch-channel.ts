import type { Api } from '../../../lib/api/client.js';
import type { ChannelView } from '../../../lib/shapes.js';

/** Stops taking and sending, or takes and sends again (also after it broke). */
export function switchChannel(api: Api, id: string, to: 'pause' | 'resume'): Promise<ChannelView> {
  return api.send('POST', `/channels/${encodeURIComponent(id)}/${to}`);
}

/** Disconnects it and forgets its secrets; its conversations stay. */
export function removeChannel(api: Api, id: string): Promise<void> {
  return api.send('DELETE', `/channels/${encodeURIComponent(id)}`);
}
