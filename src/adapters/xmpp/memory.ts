import { readJid } from './jid.js';
import { attr, child, elements, ns, type Stanza } from './stanza.js';
import { stanzaIdBy } from './verify.js';

/** A room we are in, as its presences tell. */
export interface Room {
  nick: string;
  isJoined: boolean;
  people: Map<string, { id?: string; jid?: string }>;
}

const kept = 5_000;

/** What a session remembers of what it saw, so that reading one stanza can be pure. Bounded; lost with the process. */
export class Memory {
  readonly rooms = new Map<string, Room>();
  /** Ids of stanzas that we sent, from any device. */
  private readonly sent = new Map<string, true>();
  private readonly authors = new Map<string, string>();
  /** The stanza ids that posts of ours in rooms had: a correction names those. */
  private readonly ownPosts = new Map<string, string>();

  wasSent(id: string): boolean {
    return this.sent.has(id);
  }

  noteSent(id: string): void {
    keep(this.sent, id, true);
  }

  authorOf(room: string, stanzaId: string): string | undefined {
    return this.authors.get(`${room} ${stanzaId}`);
  }

  noteAuthor(room: string, stanzaId: string, author: string): void {
    keep(this.authors, `${room} ${stanzaId}`, author);
  }

  noteOwnPost(postId: string, stanzaId: string): void {
    keep(this.ownPosts, postId, stanzaId);
  }

  ownPost(postId: string): string | undefined {
    return this.ownPosts.get(postId);
  }

  /** What somebody in a room is called now; ids stay when names change. */
  nickOf(room: string, person: string): string | undefined {
    for (const [nick, each] of this.rooms.get(room)?.people ?? []) if (each.id === person) return nick;
    return undefined;
  }

  /** Who comes, goes and is renamed in a room. `true` when it is about ourselves. */
  notePresence(stanza: Stanza): boolean {
    const from = readJid(attr(stanza, 'from'));
    const room = from === undefined ? undefined : this.rooms.get(from.bare);
    if (from === undefined || room === undefined || from.resource === '') return false;
    const x = child(stanza, 'x', ns.mucUser);
    const codes = elements(x).filter((each) => each.name === 'status').map((each) => attr(each, 'code'));
    const item = elements(x).find((each) => each.name === 'item');
    const isSelf = codes.includes('110');
    if (attr(stanza, 'type') === 'unavailable') {
      room.people.delete(from.resource);
      const renamed = codes.includes('303') ? attr(item, 'nick') : undefined;
      if (isSelf && renamed !== undefined) room.nick = renamed;
      else if (isSelf) room.isJoined = false;
      return isSelf && renamed === undefined;
    }
    const id = attr(child(stanza, 'occupant-id', ns.occupant), 'id');
    const jid = readJid(attr(item, 'jid'))?.bare;
    room.people.set(from.resource, { ...(id === undefined ? {} : { id }), ...(jid === undefined ? {} : { jid }) });
    if (isSelf) Object.assign(room, { isJoined: true, nick: from.resource });
    return isSelf;
  }

  /** Ids of what others of our devices sent, and where a room's posts come from. */
  noteMessage(stanza: Stanza, own: string): void {
    const id = attr(stanza, 'id');
    const from = readJid(attr(stanza, 'from'));
    if (id !== undefined && from?.bare === own) this.noteSent(id);
  }

  /** The room's own id of our line that came back. */
  static reflectedId(stanza: Stanza): string | undefined {
    const room = readJid(attr(stanza, 'from'))?.bare;
    return room === undefined ? undefined : stanzaIdBy(stanza, room);
  }
}

function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > kept ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
