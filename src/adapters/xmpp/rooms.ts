import type { XmppSettings } from './config.js';
import type { Link } from './link.js';
import type { Memory } from './memory.js';
import { readJid } from './jid.js';
import { conditionOf } from './problems.js';
import { attr, element, ns, type Stanza } from './stanza.js';

const nickTries = 3;

/** Asks to be let into the rooms of the settings, without what was said before: the archive tells that. */
export async function joinRooms(link: Link, settings: XmppSettings, memory: Memory): Promise<void> {
  for (const room of settings.rooms) {
    memory.rooms.set(room, { nick: settings.nick, isJoined: false, people: new Map() });
    await join(link, room, settings.nick);
  }
}

async function join(link: Link, room: string, nick: string): Promise<void> {
  await link.send(element('presence', { to: `${room}/${nick}` }, element('x', { xmlns: ns.muc }, element('history', { maxstanzas: '0' }))));
}

/**
 * A room's answer to our coming. Another name is tried when ours is taken; `joined` and `left` are told once each, and
 * why a room does not let us in.
 */
export async function followRoom(stanza: Stanza, link: Link, memory: Memory): Promise<{ room: string; is: 'joined' | 'left' | 'refused'; reason?: string } | undefined> {
  const from = readJid(attr(stanza, 'from'));
  const room = from === undefined ? undefined : memory.rooms.get(from.bare);
  if (from === undefined || room === undefined) return undefined;
  if (attr(stanza, 'type') === 'error') {
    const condition = conditionOf(stanza);
    const tries = room.nick.length - room.nick.replace(/_+$/u, '').length;
    if (condition !== 'conflict' || room.isJoined || tries >= nickTries) return { room: from.bare, is: 'refused', reason: condition };
    room.nick = `${room.nick}_`;
    await join(link, from.bare, room.nick);
    return undefined;
  }
  const was = room.isJoined;
  if (!memory.notePresence(stanza) || was === room.isJoined) return undefined;
  return { room: from.bare, is: room.isJoined ? 'joined' : 'left' };
}
