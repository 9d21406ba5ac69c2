import { messageOf } from '../../errors.js';
import type { Channel } from '../../inbox/model/channel.js';
import type { Message } from '../../inbox/model/message.js';
import type { HttpDeps } from '../deps.js';

export type ChannelLabel = Pick<Channel, 'kind' | 'name'> & { id: string };

/**
 * Names of channels for the presenters: read once, and again after a notice that one changed, or after 30 s (a notice
 * may get lost between processes).
 */
export interface ChannelBook {
  all(): Promise<Channel[]>;
  /** For `presentMessage`; a channel that was removed is named so. */
  labels(): Promise<(message: Message) => ChannelLabel>;
  close(): void;
}

const keepMs = 30_000;

export function createChannelBook(deps: Pick<HttpDeps, 'channels' | 'live' | 'clock' | 'log'>): ChannelBook {
  let known: { channels: Channel[]; byId: Map<string, Channel>; until: number } | undefined;
  const unsubscribe = deps.live.subscribe((notice) => {
    if (notice.kind === 'channel') known = undefined;
  });

  async function load() {
    if (known && known.until > deps.clock()) return known;
    try {
      const channels = await deps.channels.list();
      known = { channels, byId: new Map(channels.map((channel) => [channel._id, channel])), until: deps.clock() + keepMs };
      return known;
    } catch (error) {
      if (!known) throw error;
      deps.log.warn({ error: messageOf(error) }, 'channels were not read again');
      return known;
    }
  }

  return {
    all: async () => (await load()).channels,
    async labels() {
      const { byId } = await load();
      return (message) => {
        const channel = byId.get(message.channelId);
        return { id: message.channelId, kind: channel?.kind ?? (message.email ? 'email' : 'webchat'), name: channel?.name ?? 'removed channel' };
      };
    },
    close: unsubscribe,
  };
}
