import type { Audience } from '../../inbox/model/common.js';
import { asList, asNumber, asObject, asText } from '../lib/read-json.js';
import { snowflake } from './ids.js';

/** Where something was written. `elsewhere`: a channel that nobody chose in Settings; nothing of it is taken in. */
export type Place =
  | { kind: 'direct'; id: string; recipient?: { id: string; name?: string } }
  | { kind: 'channel' | 'thread'; id: string; guildId: string; name?: string; audience: Audience; lastMessageId?: string }
  | { kind: 'elsewhere'; id: string };

/** A channel object of Discord, as far as we need it. */
export interface ChannelFacts {
  id: string;
  type: number;
  guildId?: string;
  parentId?: string;
  name?: string;
  /** Only roles that were let in can see it. */
  isClosed: boolean;
  lastMessageId?: string;
  recipient?: { id: string; name?: string };
  /** Threads: when it was put away. */
  archivedAt?: number;
}

const directType = 1;
const privateThreadType = 12;
const threadTypes = new Set([10, 11, privateThreadType]);
/** A forum or a media channel holds posts, which are threads, and no messages. */
const forumTypes = new Set([15, 16]);
const viewChannel = 1n << 10n;

/** Reads a channel object; `guildId` where the object itself names none (in GUILD_CREATE). */
export function readChannel(value: unknown, guildId?: string): ChannelFacts | undefined {
  const channel = asObject(value);
  const id = snowflake(channel?.['id']);
  const type = asNumber(channel?.['type']);
  if (channel === undefined || id === undefined || type === undefined) return undefined;
  const guild = snowflake(channel['guild_id']) ?? guildId;
  const parentId = snowflake(channel['parent_id']);
  const name = asText(channel['name']);
  const lastMessageId = snowflake(channel['last_message_id']);
  const archivedAt = Date.parse(asText(asObject(channel['thread_metadata'])?.['archive_timestamp']) ?? '');
  const recipient = asObject(asList(channel['recipients'])[0]);
  const recipientId = snowflake(recipient?.['id']);
  const recipientName = asText(recipient?.['global_name']) ?? asText(recipient?.['username']);
  return {
    id, type, isClosed: isClosed(channel['permission_overwrites'], guild),
    ...(guild === undefined ? {} : { guildId: guild }),
    ...(parentId === undefined ? {} : { parentId }),
    ...(name === undefined ? {} : { name }),
    ...(lastMessageId === undefined ? {} : { lastMessageId }),
    ...(Number.isNaN(archivedAt) ? {} : { archivedAt }),
    ...(recipientId === undefined ? {} : { recipient: { id: recipientId, ...(recipientName === undefined ? {} : { name: recipientName }) } }),
  };
}

/** The role of everybody has the server's own id. */
function isClosed(overwrites: unknown, guildId: string | undefined): boolean {
  const everyone = asList(overwrites).map(asObject).find((overwrite) => guildId !== undefined && overwrite?.['id'] === guildId);
  const deny = asText(everyone?.['deny']) ?? '0';
  return /^\d{1,30}$/u.test(deny) && (BigInt(deny) & viewChannel) !== 0n;
}

export function isThread(channel: ChannelFacts): boolean {
  return threadTypes.has(channel.type);
}

export function isForum(channel: ChannelFacts): boolean {
  return forumTypes.has(channel.type);
}

/** What a channel is for us, given the channels chosen in Settings. `parent`: of a thread. */
export function placeOf(channel: ChannelFacts, parent: ChannelFacts | undefined, chosen: ReadonlySet<string>): Place {
  const { id, guildId, name, lastMessageId } = channel;
  if (channel.type === directType) return { kind: 'direct', id, ...(channel.recipient === undefined ? {} : { recipient: channel.recipient }) };
  const isChosen = chosen.has(id) || (isThread(channel) && channel.parentId !== undefined && chosen.has(channel.parentId));
  if (guildId === undefined || !isChosen) return { kind: 'elsewhere', id };
  const isPrivate = channel.type === privateThreadType || channel.isClosed || parent?.isClosed === true;
  return {
    kind: isThread(channel) ? 'thread' : 'channel', id, guildId, audience: isPrivate ? 'private' : 'public',
    ...(name === undefined ? {} : { name }), ...(lastMessageId === undefined ? {} : { lastMessageId }),
  };
}
