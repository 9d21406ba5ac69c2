/** Names one line: by the server's `msgid` where it gives one, else by its place in our session. */
export type LineId = string & { readonly brand: 'LineId' };

/** https://ircv3.net/specs/extensions/message-ids */
export function lineIdOf(msgid: string | undefined, mark: string): LineId {
  return (msgid === undefined || msgid === '' ? `line ${mark}` : `msgid ${msgid}`) as LineId;
}

/** One of ours that the server gave no id: our message's id and the line's number. */
export function sentId(messageId: string, line: number): LineId {
  return `sent ${messageId} ${line}` as LineId;
}

/** The server's id behind a name that `lineIdOf` made of one. */
export function msgidOf(id: string): string | undefined {
  return id.startsWith('msgid ') ? id.slice('msgid '.length) : undefined;
}
