import { asList, asObject } from '../lib/read-json.js';
import { snowflake } from './ids.js';
import { type ChannelFacts, isThread, type Place, placeOf, readChannel } from './places.js';

export interface PlaceBook {
  /** Learns from what the gateway tells of servers, channels and threads. */
  note(kind: string, data: unknown): void;
  /** The place of a channel id; asks Discord where it is not known yet. Throws when Discord cannot be asked. */
  find(channelId: string, hint: { isGuild: boolean; wantsRecipient?: boolean }): Promise<Place>;
  /** The channel as Discord tells it; `undefined` when it is not there or not ours to see. */
  channel(channelId: string): Promise<ChannelFacts | undefined>;
}

const keptMax = 10_000;

/** Which channels are ours to read. `load` gives a channel object, or `undefined` for one that we may not see. */
export function createPlaceBook(chosen: ReadonlySet<string>, load: (channelId: string) => Promise<unknown>): PlaceBook {
  const channels = new Map<string, ChannelFacts | 'unseen'>();

  const keep = (id: string, channel: ChannelFacts | 'unseen'): void => {
    channels.delete(id);
    channels.set(id, channel);
    const oldest = channels.size > keptMax ? channels.keys().next().value : undefined;
    if (oldest !== undefined) channels.delete(oldest);
  };
  const learn = (value: unknown, guildId?: string): void => {
    const channel = readChannel(value, guildId);
    if (channel !== undefined) keep(channel.id, channel);
  };
  const channelOf = async (id: string): Promise<ChannelFacts | undefined> => {
    const known = channels.get(id);
    if (known !== undefined) return known === 'unseen' ? undefined : known;
    const loaded = readChannel(await load(id));
    keep(id, loaded ?? 'unseen');
    return loaded;
  };

  return {
    channel: channelOf,
    note: (kind, data) => {
      const facts = asObject(data);
      const guildId = snowflake(facts?.['guild_id']);
      switch (kind) {
        case 'GUILD_CREATE': {
          const id = snowflake(facts?.['id']);
          for (const channel of [...asList(facts?.['channels']), ...asList(facts?.['threads'])]) learn(channel, id);
          return;
        }
        case 'THREAD_LIST_SYNC': for (const thread of asList(facts?.['threads'])) learn(thread, guildId); return;
        case 'CHANNEL_CREATE': case 'CHANNEL_UPDATE': case 'THREAD_CREATE': case 'THREAD_UPDATE': learn(data, guildId); return;
        case 'CHANNEL_DELETE': case 'THREAD_DELETE': {
          const id = snowflake(facts?.['id']);
          if (id !== undefined) keep(id, 'unseen');
        }
      }
    },
    find: async (id, hint) => {
      if (!hint.isGuild && hint.wantsRecipient !== true) return { kind: 'direct', id };
      const channel = await channelOf(id);
      if (channel === undefined) return hint.isGuild ? { kind: 'elsewhere', id } : { kind: 'direct', id };
      const parent = isThread(channel) && channel.parentId !== undefined && chosen.has(channel.parentId) ? await channelOf(channel.parentId) : undefined;
      return placeOf(channel, parent, chosen);
    },
  };
}
