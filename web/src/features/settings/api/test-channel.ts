import type { Api } from '../../../lib/api/client.js';
import type { ChannelKind, ConnectionReport } from '../../../lib/shapes.js';

/** Tries a connection, step by step, and changes nothing. With `channelId`, secrets that were not typed are that channel's. */
export function testChannel(api: Api, input: { kind: ChannelKind; channelId?: string; settings: Record<string, unknown>; secrets: Record<string, string> }): Promise<ConnectionReport> {
  return api.send('POST', '/channels/test', input);
}
