import { createHash } from 'node:crypto';

/** What the network calls a post: `at://DID/COLLECTION/RKEY`. */
export type AtUri = string & { readonly brand: 'AtUri' };

const pattern = /^at:\/\/(did:[a-z]+:[\w.%:-]{1,200})\/([a-zA-Z][\w.-]{1,200})\/([\w.~:-]{1,512})$/u;

export function atUri(value: unknown): AtUri | undefined {
  return typeof value === 'string' && pattern.test(value) ? (value as AtUri) : undefined;
}

/** The pieces of an address; `undefined` where it is none. */
export function partsOf(uri: unknown): { did: string; collection: string; rkey: string } | undefined {
  const match = typeof uri === 'string' ? pattern.exec(uri) : null;
  return match === null ? undefined : { did: match[1] ?? '', collection: match[2] ?? '', rkey: match[3] ?? '' };
}

/** Ledger keys: a notification is named by what caused it; a chat event by its revision. They never collide. */
export const eventIds = {
  notification: (uri: string, reason: string): string => `n:${reason}:${uri}`,
  own: (uri: string): string => `own:${uri}`,
  log: (kind: string, convoId: string, rev: string): string => `c:${kind}:${convoId}:${rev}`,
};

/** A chat message by itself is only unique in its conversation. */
export function chatId(convoId: string, messageId: string): string {
  return `chat/${convoId}/${messageId}`;
}

export function chatPartsOf(externalId: string): { convoId: string; messageId: string } | undefined {
  const match = /^chat\/([^/]{1,200})\/([^/]{1,200})$/u.exec(externalId);
  return match === null ? undefined : { convoId: match[1] ?? '', messageId: match[2] ?? '' };
}

/** A public thread is one conversation for each person who speaks with us in it; direct messages are one for each chat. */
export function postThread(rootUri: string, did: string): string {
  return `${rootUri}|${did}`;
}

export function chatThread(convoId: string): string {
  return `chat/${convoId}`;
}

const sortable = '234567abcdefghijklmnopqrstuvwxyz';
const idLetters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const earliest = Date.UTC(2022, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** When a message of ours was written, where its id tells: eight letters of time before eight of chance. */
export function timeOf(messageId: string): number | undefined {
  const match = /([0-9A-Za-z]{8})[0-9A-Za-z]{8}$/u.exec(messageId);
  let time = 0;
  for (const letter of match?.[1] ?? '') time = time * 62 + idLetters.indexOf(letter);
  return time > earliest && time < latest ? time : undefined;
}

/**
 * The key under which a record of ours is put: derived from our own id, so that putting it twice makes one record. It has
 * the form that the network wants (TID: 53 bits of microseconds and 10 bits more, 13 letters) and sorts by time.
 */
export function recordKey(ourId: string, part = 0): string {
  const sum = createHash('sha256').update(ourId).digest();
  const millis = BigInt(timeOf(ourId) ?? earliest + (sum.readUInt32BE(8) % (3 * 365 * 86_400)) * 1_000);
  const micros = millis * 1_000n + BigInt((sum.readUInt32BE(0) + part) % 1_000);
  let value = (micros << 10n) | BigInt((sum.readUInt16BE(4) + part) & 1_023);
  let key = '';
  for (let place = 0; place < 13; place += 1, value >>= 5n) key = (sortable[Number(value & 31n)] ?? '2') + key;
  return key;
}
