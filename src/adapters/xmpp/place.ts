import type { Audience, Json } from '../../inbox/model/common.js';
import type { Sender } from '../../inbox/model/event.js';
import { chatId, isStrong, messageIdOf, nameless, roomAuthorId, roomId } from './ids.js';
import { readJid } from './jid.js';
import { attr, child, ns, type Stanza, textOf } from './stanza.js';
import { stanzaIdBy } from './verify.js';

/** What `parse` knows besides the stanza: fixed for a session, or remembered from it. Everything here only reads. */
export interface ParseContext {
  channelId: string;
  receivedAt: number;
  /** Our own bare address. */
  own: string;
  /** Unlike every other stanza's, also over sessions; names what has no id. */
  mark: string;
  /** Grows with every stanza; orders changes that come within one millisecond. */
  order: number;
  roomMessages: 'addressed' | 'all';
  /** From the archive: its id there, and when it was said. */
  archived?: { id: string; at?: number };
  /** What we are called in a room; `undefined`: we are not in it. */
  nickIn(room: string): string | undefined;
  occupant(room: string, nick: string): { id?: string; jid?: string } | undefined;
  /** Whether this id was on something that we sent, from any device. */
  wasSent(id: string): boolean;
  /** Who wrote a post of a room. */
  authorOf(room: string, stanzaId: string): string | undefined;
}

/** Where a message stands, and what it and others are called there. */
export interface Place {
  direction: 'in' | 'out';
  threadKey: string;
  peer: string;
  isRoom: boolean;
  sender: Sender;
  recipient?: Sender;
  audience?: Audience;
  handle: Json;
  externalId: string;
  otherIds: string[];
  /** Names this stanza among all of its kind. */
  mark: string;
  echoOf?: string;
  /** Names the author within the thread. */
  author: string;
  /** What another post is called. `edit`: by its author's id. `seen`: one of ours. `any`: whoever wrote it. */
  names: { edit(id: string): string; any(id: string): string; seen(id: string): string };
  /** Said in the room, and to whom. */
  isForUs: boolean;
  /** Said by a server, or to many at once. */
  silent?: string;
}

/** The handle of a thread: what answering needs. */
export interface Handle {
  to: string;
  type: 'chat' | 'groupchat' | 'pm';
  nick?: string;
}

/** A chat of two, also as a private talk with somebody in a room; `undefined`: it has no other side. */
export function chatPlace(stanza: Stanza, context: ParseContext): Place | undefined {
  const from = readJid(attr(stanza, 'from') ?? context.own);
  const to = readJid(attr(stanza, 'to') ?? context.own);
  if (from === undefined || to === undefined || from.bare === to.bare) return undefined;
  const direction = from.bare === context.own ? 'out' : 'in';
  const other = direction === 'in' ? from : to;
  const inRoom = other.resource !== '' && (child(stanza, 'x', ns.mucUser) !== undefined || context.nickIn(other.bare) !== undefined);
  const person = inRoom ? occupantOf(stanza, context, { room: other.bare, nick: other.resource, isAuthor: direction === 'in' }) : personOf(stanza, other.bare, direction === 'in');
  const peer = inRoom ? person.key : other.bare;
  const threadKey = inRoom ? `pm ${person.key}` : `chat ${other.bare}`;
  const handle: Handle = inRoom ? { to: other.bare, type: 'pm', nick: other.resource } : { to: other.bare, type: 'chat' };
  const id = attr(stanza, 'id') ?? '';
  const archive = context.archived?.id ?? stanzaIdBy(stanza, context.own);
  const named = chatId(direction, peer, id);
  const names = { externalId: isStrong(id) ? named : nameless(peer, archive ?? context.mark), otherIds: isStrong(id) || id === '' ? [] : [named] };
  return {
    direction, threadKey, peer, isRoom: false, author: direction === 'in' ? peer : 'us', handle: { ...handle }, isForUs: true, ...names, mark: isStrong(id) ? id : archive ?? context.mark,
    sender: direction === 'in' ? person.sender : personOf(stanza, context.own, true).sender,
    ...(direction === 'out' ? { recipient: person.sender } : {}),
    ...echoOf(direction, id, context),
    ...silence(stanza, from.bare),
    names: {
      edit: (target) => chatId(direction, peer, target),
      seen: (target) => chatId('out', peer, target),
      any: (target) => chatId(context.wasSent(target) || messageIdOf(target, context.channelId) !== undefined ? 'out' : 'in', peer, target),
    },
  };
}

/** A line in a room: one conversation for each person there, public to the others. */
export function roomPlace(stanza: Stanza, context: ParseContext): Place | string {
  const from = readJid(attr(stanza, 'from'));
  if (from === undefined || from.resource === '') return 'said by the room itself';
  const own = context.nickIn(from.bare);
  const isOwn = own === from.resource;
  const text = textOf(child(stanza, 'body'));
  const nick = isOwn ? addressee(text) : from.resource;
  if (nick === undefined || (isOwn && context.occupant(from.bare, nick) === undefined)) return 'our own line in the room, to nobody in particular';
  const person = occupantOf(stanza, context, { room: from.bare, nick, isAuthor: !isOwn });
  const id = attr(stanza, 'id') ?? '';
  const given = context.archived?.id ?? stanzaIdBy(stanza, from.bare);
  const author = isOwn ? 'us' : person.key;
  const byAuthor = roomAuthorId(from.bare, author, id);
  const repliesToUs = attr(child(stanza, 'reply', ns.reply), 'to') === `${from.bare}/${own ?? ''}`;
  const handle: Handle = { to: from.bare, type: 'groupchat', nick };
  return {
    direction: isOwn ? 'out' : 'in', threadKey: `room ${person.key}`, peer: from.bare, isRoom: true, author, audience: 'public', handle: { ...handle },
    externalId: given === undefined ? (isStrong(id) ? byAuthor : nameless(from.bare, context.mark)) : roomId(from.bare, given),
    otherIds: id === '' || given === undefined ? [] : [byAuthor],
    mark: given ?? (isStrong(id) ? `${author} ${id}` : context.mark),
    sender: isOwn ? personOf(stanza, context.own, true).sender : person.sender,
    ...(isOwn ? { recipient: person.sender } : {}),
    ...echoOf(isOwn ? 'out' : 'in', id, context),
    isForUs: isOwn || repliesToUs || (own !== undefined && addresses(text, own)),
    names: { edit: (target) => roomAuthorId(from.bare, author, target), seen: (target) => roomId(from.bare, target), any: (target) => roomId(from.bare, target) },
  };
}

function silence(stanza: Stanza, author: string): { silent?: string } {
  if (attr(stanza, 'type') === 'headline') return { silent: 'an announcement' };
  return author.includes('@') ? {} : { silent: 'written by a server' };
}

function echoOf(direction: 'in' | 'out', id: string, context: ParseContext): { echoOf?: string } {
  const own = direction === 'out' ? messageIdOf(id, context.channelId) : undefined;
  return own === undefined ? {} : { echoOf: own };
}

interface Person {
  sender: Sender;
  /** Names the person within the thread's key. */
  key: string;
}

function personOf(stanza: Stanza, bare: string, isAuthor: boolean): Person {
  const told = isAuthor ? textOf(child(stanza, 'nick', ns.nick)).trim().slice(0, 100) : '';
  const local = bare.includes('@') ? bare.slice(0, bare.indexOf('@')) : bare;
  return { key: bare, sender: { kind: 'xmpp', scope: 'jid', externalUserId: bare, displayName: told === '' ? local : told, proof: 'channel', aliases: [{ type: 'native', value: bare, proof: 'channel' }] } };
}

/** The real address where the room shows it, else the room's id for the person; the nick only where there is neither. */
function occupantOf(stanza: Stanza, context: ParseContext, who: { room: string; nick: string; isAuthor: boolean }): Person {
  const known = context.occupant(who.room, who.nick);
  const occupant = (who.isAuthor ? attr(child(stanza, 'occupant-id', ns.occupant), 'id') : undefined) ?? known?.id;
  const key = `${who.room}/${occupant ?? `nick:${who.nick}`}`;
  if (known?.jid !== undefined) {
    return { key, sender: { kind: 'xmpp', scope: 'jid', externalUserId: known.jid, displayName: who.nick, proof: 'channel', aliases: [{ type: 'native', value: known.jid, proof: 'channel' }] } };
  }
  return { key, sender: { kind: 'xmpp', scope: 'room', externalUserId: key, displayName: who.nick, proof: occupant === undefined ? 'claimed' : 'channel', aliases: [] } };
}

/** "mira: …" speaks to mira. */
function addressee(text: string): string | undefined {
  return /^([^\n:,]{1,60})[:,]\s/u.exec(text)?.[1];
}

/** The name stands in the line, and not inside another word. */
function addresses(text: string, nick: string): boolean {
  const line = text.toLowerCase();
  const name = nick.toLowerCase();
  for (let at = line.indexOf(name); at !== -1; at = line.indexOf(name, at + 1)) {
    if (!/[\p{L}\p{N}_]/u.test(line[at - 1] ?? ' ') && !/[\p{L}\p{N}_]/u.test(line[at + name.length] ?? ' ')) return true;
  }
  return false;
}
