/** One message of one chat, as we call it: `[b<connection>/]<chat>/<message>`. Message numbers repeat from chat to chat. */
export type TelegramMessageId = string & { readonly brand: 'TelegramMessageId' };

/** Where a conversation happens. */
export interface Place {
  /** The business account's connection, when the bot speaks for a person. */
  connection?: string;
  chat: number;
  /** Forum topic (`t`) or a subscriber's thread in a channel's direct messages (`d`). */
  topic?: { kind: 't' | 'd'; id: number };
}

export function messageId(place: Place, message: number): TelegramMessageId {
  return `${account(place)}${place.chat}/${message}` as TelegramMessageId;
}

/** Back chat and message; `undefined` for what is no id of ours. */
export function readMessageId(id: string): { place: Place; message: number } | undefined {
  const match = /^(?:b([^/]+)\/)?(-?\d{1,16})\/(\d{1,12})$/u.exec(id);
  if (match === null) return undefined;
  return { place: { ...(match[1] === undefined ? {} : { connection: match[1] }), chat: Number(match[2]) }, message: Number(match[3]) };
}

/** `[b<connection>/]<chat>[#t<topic>]`: a chat is a conversation, and so is each topic of a forum. */
export function threadKey(place: Place): string {
  return `${account(place)}${place.chat}${place.topic === undefined ? '' : `#${place.topic.kind}${place.topic.id}`}`;
}

export function readThreadKey(key: string): Place | undefined {
  const match = /^(?:b([^/]+)\/)?(-?\d{1,16})(?:#([td])(\d{1,12}))?$/u.exec(key);
  if (match === null) return undefined;
  return {
    ...(match[1] === undefined ? {} : { connection: match[1] }),
    chat: Number(match[2]),
    ...(match[3] === undefined ? {} : { topic: { kind: match[3] === 't' ? 't' : 'd', id: Number(match[4]) } }),
  };
}

/** The bot's own user id stands in front of the colon of its token. */
export function botIdOf(token: string): number {
  return Number(token.slice(0, token.indexOf(':')));
}

/** Groups and channels have negative ids, people positive ones. */
export function isGroup(chat: number): boolean {
  return chat < 0;
}

function account(place: Place): string {
  return place.connection === undefined ? '' : `b${place.connection}/`;
}
