import type { Json } from '../../inbox/model/common.js';
import type { InboundEvent, MessageEvent, Sender, ThreadHints, TypingSign } from '../../inbox/model/event.js';
import { asList, asNumber, asObject, asText } from '../lib/read-json.js';
import { packetId, snowflake } from './ids.js';
import { isBookkeeping, systemLine } from './message-kinds.js';
import { parseReaction } from './parse-reaction.js';
import { senderOf } from './people.js';
import type { Place } from './places.js';
import { attachmentsOf, textOf } from './text-in.js';

/** One dispatch of the gateway: `t`, `s` and `d` as they came. */
export interface Packet {
  kind: string;
  sequence: number;
  data: unknown;
}

export interface ParseFacts {
  channelId: string;
  receivedAt: number;
  /** The bot's own user id. */
  self: string;
  sessionId: string;
  place: Place;
  colleagueRoles: ReadonlySet<string>;
  /** Our message id of a nonce that we made. */
  ours: (nonce: string) => string | undefined;
}

export interface Parsed {
  events: InboundEvent[];
  typing?: TypingSign;
}

type Data = Record<string, unknown>;
type Base = Pick<MessageEvent, 'channelId' | 'receivedAt' | 'verifiedBy'>;

/** Pure. Nothing at all for what was written elsewhere, and for bookkeeping; whatever else is not used is `ignored`, with why. */
export function parse(packet: Packet, facts: ParseFacts): Parsed {
  const base: Base = { channelId: facts.channelId, receivedAt: facts.receivedAt, verifiedBy: 'connection' };
  if (facts.place.kind === 'elsewhere' || isBookkeeping(packet.kind)) return { events: [] };
  const ignored = (reason: string): InboundEvent => ({ ...base, type: 'ignored', eventId: packetId(facts.sessionId, packet.sequence), reason, native: { t: packet.kind, d: packet.data as Json } });
  const data = asObject(packet.data);
  const channel = snowflake(data?.['channel_id']);
  const one = (event: InboundEvent | string): Parsed => ({ events: [typeof event === 'string' ? ignored(event) : event] });
  switch (packet.kind) {
    case 'MESSAGE_CREATE': return one(data === undefined || channel === undefined ? 'a message without a channel' : messageOf(data, base, facts));
    case 'MESSAGE_UPDATE': return one(data === undefined || channel === undefined ? 'a change without a channel' : editOf(data, base, facts));
    case 'MESSAGE_DELETE': return one(deletionOf(data?.['id'], channel, { base, facts }));
    case 'MESSAGE_DELETE_BULK': return { events: channel === undefined ? [ignored('deletions without a channel')] : asList(data?.['ids']).map((id) => deletionOf(id, channel, { base, facts })).map((event) => (typeof event === 'string' ? ignored(event) : event)) };
    case 'MESSAGE_REACTION_ADD': case 'MESSAGE_REACTION_REMOVE': return one(parseReaction(packet, { base, facts }));
    case 'MESSAGE_REACTION_REMOVE_ALL': case 'MESSAGE_REACTION_REMOVE_EMOJI': return one('a moderator took reactions away; it is not told whose');
    case 'TYPING_START': return typingOf(data, channel, facts);
    default: return one(`unknown kind ${packet.kind.slice(0, 60)}`);
  }
}

/** The event, or why there is none. */
function messageOf(data: Data, base: Base, facts: ParseFacts): InboundEvent | string {
  const id = snowflake(data['id']);
  const author = asObject(data['author']);
  const sender = author === undefined ? undefined : senderOf(author, asObject(data['member']));
  if (id === undefined || author === undefined || sender === undefined) return 'a message without an id or an author';
  const isOwn = sender.externalUserId === facts.self;
  const isOut = isOwn || isColleague(data, facts);
  const type = asNumber(data['type']) ?? 0;
  const silent = isOwn ? undefined : silentBecause(data, author, type);
  const text = systemLine(type) === undefined ? textOf(data) : systemText(data, type);
  const files = attachmentsOf(data);
  const echoOf = isOwn ? facts.ours(String(data['nonce'] ?? '')) : undefined;
  const recipient = isOut ? recipientOf(data, facts) : undefined;
  return {
    ...base, ...at(data['timestamp']), type: 'message', eventId: `message:${id}`, externalId: id, direction: isOut ? 'out' : 'in', sender, text,
    thread: threadOf(data, facts.place),
    ...(recipient === undefined ? {} : { recipient }),
    ...(echoOf === undefined ? {} : { echoOf }),
    ...(silent === undefined ? {} : { silent }),
    ...(files.length === 0 ? {} : { remoteFiles: files.map((file) => remoteFile(file, { channel: facts.place.id, message: id })) }),
    ...(text === '' && files.length === 0 ? { unreadable: 'It has nothing in it that Discord lets a bot read.' } : {}),
  };
}

function silentBecause(data: Data, author: Data, type: number): string | undefined {
  if (snowflake(data['webhook_id']) !== undefined) return 'posted by a webhook';
  if (author['bot'] === true) return 'posted by a bot';
  return author['system'] === true || systemLine(type) !== undefined ? 'a line by Discord itself' : undefined;
}

/** A thread's first line carries the message that it was started from. */
function systemText(data: Data, type: number): string {
  const told = textOf(data);
  const started = asObject(data['referenced_message']);
  const words = type === 21 && started !== undefined ? textOf(started) : told;
  return words === '' ? systemLine(type) ?? '' : `${systemLine(type)}: ${words}`;
}

function isColleague(data: Data, facts: ParseFacts): boolean {
  if (facts.colleagueRoles.size === 0 || data['webhook_id'] !== undefined) return false;
  return asList(asObject(data['member'])?.['roles']).some((role) => typeof role === 'string' && facts.colleagueRoles.has(role));
}

/** Whom an answer went to, as far as it can be told: the other side of a direct message, or who was replied to. */
function recipientOf(data: Data, facts: ParseFacts): Sender | undefined {
  const { place } = facts;
  if (place.kind === 'direct' && place.recipient !== undefined) return senderOf({ id: place.recipient.id, global_name: place.recipient.name });
  const repliedTo = asObject(asObject(data['referenced_message'])?.['author']);
  return repliedTo === undefined || repliedTo['bot'] === true || repliedTo['id'] === facts.self ? undefined : senderOf(repliedTo);
}

function threadOf(data: Data, place: Place): ThreadHints {
  const reference = asObject(data['message_reference']);
  // 1: a forward, which answers nothing.
  const repliesTo = reference?.['type'] === 1 ? undefined : snowflake(reference?.['message_id']);
  const replies = repliesTo === undefined ? {} : { repliesTo: [repliesTo] };
  if (place.kind !== 'channel' && place.kind !== 'thread') return { key: place.id, keyIs: 'exact', audience: 'private', ...replies };
  const subject = place.name === undefined ? {} : { subject: place.kind === 'thread' ? place.name : `#${place.name}` };
  return { key: place.id, keyIs: 'exact', audience: place.audience, handle: { guild: place.guildId, thread: place.kind === 'thread' }, ...subject, ...replies };
}

function remoteFile(file: Data, of: { channel: string; message: string }): NonNullable<MessageEvent['remoteFiles']>[number] {
  const mime = asText(file['content_type']);
  const size = asNumber(file['size']);
  return {
    name: asText(file['filename']) ?? 'file', source: { url: asText(file['url']) ?? '', attachment: asText(file['id']) ?? '', ...of },
    ...(mime === undefined ? {} : { mime }), ...(size === undefined ? {} : { size }),
  };
}

function editOf(data: Data, base: Base, facts: ParseFacts): InboundEvent | string {
  const id = snowflake(data['id']);
  if (id === undefined) return 'a change without an id';
  if (asObject(data['author'])?.['id'] === facts.self) return 'we changed it ourselves';
  const edited = at(data['edited_timestamp']).occurredAt;
  if (edited === undefined || asText(data['content']) === undefined) return 'only its preview, a pin or a mark changed';
  const revision = new Date(edited).toISOString();
  return { ...base, type: 'edit', eventId: `edit:${id}:${revision}`, occurredAt: edited, target: id, threadKey: facts.place.id, revision, text: textOf(data) };
}

/** Discord does not tell who deleted: between two it can only be the author, on a server also a moderator. */
function deletionOf(value: unknown, channel: string | undefined, { base, facts }: { base: Base; facts: ParseFacts }): InboundEvent | string {
  const id = snowflake(value);
  if (id === undefined || channel === undefined) return 'a deletion without an id or a channel';
  return { ...base, type: 'delete', eventId: `delete:${id}`, target: id, threadKey: channel, by: facts.place.kind === 'direct' ? 'author' : 'provider' };
}

function typingOf(data: Data | undefined, channel: string | undefined, facts: ParseFacts): Parsed {
  if (data === undefined || channel === undefined || data['user_id'] === facts.self) return { events: [] };
  const isBot = asObject(asObject(data['member'])?.['user'])?.['bot'] === true;
  if (isBot || isColleague(data, facts)) return { events: [] };
  return { events: [], typing: { channelId: facts.channelId, threadKey: channel, on: true } };
}

function at(value: unknown): { occurredAt?: number } {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? {} : { occurredAt: time };
}
