import { createHash } from 'node:crypto';
import type { Json } from '../../../src/inbox/model/common.js';
import type { Person } from '../../contract/fake-platform.js';

export type Thing = Record<string, Json>;

export const ids = {
  bot: '700000000000000001', guild: '700000000000000100', support: '700000000000000110', forum: '700000000000000120', offTopic: '700000000000000130', closed: '700000000000000140',
  colleagueRole: '700000000000000201', customerRole: '700000000000000202',
} as const;

export const bot: Thing = { id: ids.bot, username: 'velowerk-support', global_name: null, discriminator: '4711', bot: true, avatar: null };
/** A colleague with the role that Settings names. */
export const colleague: Thing = { id: '700000000000000301', username: 'jonas.weber', global_name: 'Jonas Weber', discriminator: '0', avatar: null };
const helperBot: Thing = { id: '700000000000000302', username: 'tidy', global_name: null, discriminator: '0815', bot: true, avatar: null };

/** Servers, channels, threads and messages, as Discord's database would have them. */
export function createDiscordWorld(options: { fileUrl: (id: string, name: string) => string }) {
  const everyone = (deny: string): Json => [{ id: ids.guild, type: 0, allow: '0', deny }];
  const channels = new Map<string, Thing>([
    [ids.support, { id: ids.support, type: 0, guild_id: ids.guild, name: 'support', permission_overwrites: [], last_message_id: null }],
    [ids.forum, { id: ids.forum, type: 15, guild_id: ids.guild, name: 'help', permission_overwrites: [], last_message_id: null }],
    [ids.offTopic, { id: ids.offTopic, type: 0, guild_id: ids.guild, name: 'off-topic', permission_overwrites: [], last_message_id: null }],
    [ids.closed, { id: ids.closed, type: 0, guild_id: ids.guild, name: 'partners', permission_overwrites: everyone('1024'), last_message_id: null }],
  ]);
  const messages = new Map<string, Thing>();
  const files = new Map<string, Buffer>();
  let last = 0n;

  /** Grows always, also within one millisecond. */
  function newId(): string {
    const now = BigInt(Date.now() - 1_420_070_400_000) << 22n;
    last = now > last ? now : last + 1n;
    return String(last);
  }

  function thread(name: string, parent: string = ids.forum): Thing {
    const id = newId();
    const made: Thing = {
      id, type: 11, guild_id: ids.guild, parent_id: parent, name, owner_id: ids.bot, last_message_id: null, message_count: 0,
      thread_metadata: { archived: false, archive_timestamp: new Date().toISOString(), auto_archive_duration: 1_440, locked: false },
    };
    channels.set(id, made);
    return made;
  }

  function direct(user: Thing): Thing {
    const known = [...channels.values()].find((channel) => channel['type'] === 1 && (channel['recipients'] as Thing[])[0]?.['id'] === user['id']);
    if (known !== undefined) return known;
    const made: Thing = { id: newId(), type: 1, recipients: [user], last_message_id: null };
    channels.set(String(made['id']), made);
    return made;
  }

  function attachments(given: readonly { name: string; mime: string; bytes: Buffer }[]): Json[] {
    return given.map(({ name, mime, bytes }) => {
      const id = newId();
      files.set(id, bytes);
      return { id, filename: name, content_type: mime, size: bytes.length, url: options.fileUrl(id, name), proxy_url: options.fileUrl(id, name) };
    });
  }

  /** A message object as REST gives it. */
  function message(channel: string, author: Thing, content: Thing): Thing {
    const made: Thing = {
      id: newId(), channel_id: channel, author, content: '', timestamp: new Date().toISOString(), edited_timestamp: null, tts: false, mention_everyone: false,
      mentions: [], mention_roles: [], attachments: [], embeds: [], pinned: false, type: 0, ...content,
    };
    messages.set(String(made['id']), made);
    const place = channels.get(channel);
    if (place !== undefined) place['last_message_id'] = made['id'] ?? null;
    return made;
  }

  return { channels, messages, files, helperBot, newId, thread, direct, attachments, message, guild: (): Thing => guildOf(channels), member, userOf };
}

/** As GUILD_CREATE tells it: the objects in it name no server. */
function guildOf(channels: ReadonlyMap<string, Thing>): Thing {
  const ofGuild = [...channels.values()].filter((channel) => channel['guild_id'] === ids.guild);
  const bare = ({ guild_id: _guild, ...rest }: Thing): Thing => rest;
  return {
    id: ids.guild, name: 'Velowerk', owner_id: colleague['id'] ?? null, unavailable: false, member_count: 4, large: false, joined_at: '2026-02-01T09:00:00.000Z',
    channels: ofGuild.filter((channel) => channel['type'] !== 11).map(bare), threads: ofGuild.filter((channel) => channel['type'] === 11).map(bare),
    roles: [], emojis: [], stickers: [], members: [], presences: [], voice_states: [], features: [],
  };
}

export function member(roles: readonly string[], nick: string | null = null): Thing {
  return { roles: [...roles], nick, joined_at: '2026-03-01T09:00:00.000Z', deaf: false, mute: false, flags: 0 };
}

/** People have numbers there; the same name is the same number. */
export function userOf(person: Person): Thing {
  const number = createHash('sha256').update(person.id).digest().readUInt32BE(0);
  return { id: `71${String(number).padStart(16, '0')}`, username: person.id.toLowerCase().replace(/[^a-z0-9._]/gu, '_'), global_name: person.name, discriminator: '0', avatar: null };
}
