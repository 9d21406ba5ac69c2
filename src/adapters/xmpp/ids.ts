/** Names a post in a chat of two: whose it is, the other side, and the id its stanza had. */
export type PostId = string & { readonly brand: 'PostId' };

/** `in`: from them; `out`: from us. Kept apart, so that nobody can change our words by using our id. */
export function chatId(direction: 'in' | 'out', peer: string, id: string): PostId {
  return `${direction} ${peer} ${id}` as PostId;
}

/** A post in a room, by the id that the room gave it. */
export function roomId(room: string, stanzaId: string): PostId {
  return `room ${room} ${stanzaId}` as PostId;
}

/** The same post by its author's own id, which corrections use. */
export function roomAuthorId(room: string, author: string, id: string): PostId {
  return `author ${room} ${author} ${id}` as PostId;
}

/** A post that has no id of its own: the archive's, or the place in our session. */
export function nameless(peer: string, mark: string): PostId {
  return `by ${peer} ${mark}` as PostId;
}

/** What stands behind an id that one of the above made. The stanza's id may hold spaces, the rest does not. */
export function readPostId(id: string): { kind: 'in' | 'out' | 'room' | 'by'; peer: string; id: string } | undefined {
  const match = /^(in|out|room|by) (\S+) (.+)$/su.exec(id);
  return match === null ? undefined : { kind: match[1] as 'in' | 'out' | 'room' | 'by', peer: match[2] ?? '', id: match[3] ?? '' };
}

/** Our stanza id is our message's id; further parts and files have a number behind it. */
export function stanzaIdOf(messageId: string, part: number): string {
  return part === 0 ? messageId : `${messageId}#${part}`;
}

/** The id of our own message, if the stanza's id is one that we gave: ours begin with their channel. */
export function messageIdOf(stanzaId: string, channelId: string): string | undefined {
  return stanzaId.startsWith(`${channelId}:`) ? stanzaId.replace(/#\d{1,3}$/u, '') : undefined;
}

/** Counters of old clients begin anew with every start ("1", "purple42"): such an id alone names no post. */
export function isStrong(id: string): boolean {
  return id.length >= 8;
}
