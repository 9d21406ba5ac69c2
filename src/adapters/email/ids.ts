import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

declare const kind: unique symbol;

/** A Message-ID without its angle brackets, as it is stored and compared. */
export type MailId = string & { readonly [kind]: 'MailId' };

/** What a Message-ID or loop mark of ours says. `messageId` is absent when it was too long to be carried. */
export interface OwnMark {
  messageId?: string;
}

/** Mints and reads everything that we sign in a mail; nobody without the key can make one that is taken for ours. */
export interface MailIds {
  /** The same message always gets the same Message-ID, so that a repeated attempt can be recognised. */
  mintMessageId(messageId: string, domain: string): MailId;
  readMessageId(id: string): OwnMark | undefined;
  /** `support+<conversation>.<mac>@domain`; `undefined` when the local part would pass 64 characters (RFC 5321 §4.5.3.1.1). */
  mintReplyAddress(address: string, channelId: string, conversationId: string): string | undefined;
  /** The conversation's id, if the address carries a token made for this channel. */
  readReplyAddress(address: string, channelId: string): string | undefined;
  /** Value of the loop header: survives servers that replace the Message-ID. */
  mintLoopMark(messageId: string): string;
  readLoopMark(value: string): OwnMark | undefined;
}

const macChars = 16;
const longestCarried = 120;

/** `key`: at least 32 random bytes that stay the same for the life of the installation. */
export function createMailIds(key: Buffer): MailIds {
  const mac = (purpose: string, text: string): string => base32(createHmac('sha256', key).update(`${purpose}\n${text}`).digest()).slice(0, macChars);
  const matches = (purpose: string, text: string, given: string): boolean => sameText(mac(purpose, text), given);
  const mint = (purpose: string, messageId: string): string => {
    const body = carry(messageId);
    return `${body}.${mac(purpose, body)}`;
  };
  const read = (purpose: string, token: string): OwnMark | undefined => {
    const [, body, given] = /^([mh][a-z2-7]{1,200})\.([a-z2-7]{16})$/.exec(token) ?? [];
    if (body === undefined || given === undefined || !matches(purpose, body, given)) return undefined;
    return body.startsWith('m') ? { messageId: unbase32(body.slice(1)).toString('utf8') } : {};
  };
  return {
    mintMessageId: (messageId, domain) => `${mint('message', messageId)}@${domain}` as MailId,
    readMessageId: (id) => read('message', bare(id).split('@', 1)[0]?.toLowerCase() ?? ''),
    mintReplyAddress: (address, channelId, conversationId) => {
      const at = address.lastIndexOf('@');
      const body = base32(Buffer.from(conversationId));
      const local = `${address.slice(0, at)}+${body}.${mac('reply', `${channelId}\n${body}`)}`;
      return at < 1 || local.length > 64 ? undefined : `${local}${address.slice(at)}`;
    },
    readReplyAddress: (address, channelId) => {
      const [, body, given] = /\+([a-z2-7]{1,64})\.([a-z2-7]{16})@[^@]*$/.exec(address.toLowerCase()) ?? [];
      if (body === undefined || given === undefined || !matches('reply', `${channelId}\n${body}`, given)) return undefined;
      return unbase32(body).toString('utf8');
    },
    mintLoopMark: (messageId) => mint('loop', messageId),
    readLoopMark: (value) => read('loop', value.trim().toLowerCase()),
  };
}

/** A Message-ID as it stands in a header, as the id that is stored: no brackets, no white space. */
export function mailId(text: string): MailId {
  return bare(text) as MailId;
}

/** Every id of an In-Reply-To or References header, in order; clients that forget the brackets or the spaces are understood. */
export function mailIdsIn(header: string): MailId[] {
  const bracketed = header.match(/<[^<>]{1,900}>/g);
  const found = bracketed ?? header.split(/[\s,<>]+/).filter((word) => /^[^@\s]+@[^@\s]+$/.test(word));
  return [...new Set(found.map(mailId))].filter((id) => id.length > 0);
}

function bare(text: string): string {
  return text.replace(/[\s<>]+/g, '');
}

function carry(messageId: string): string {
  if (Buffer.byteLength(messageId) <= longestCarried) return `m${base32(Buffer.from(messageId))}`;
  return `h${base32(createHash('sha256').update(messageId).digest())}`;
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** Lower-case letters and digits only: mail servers may change the case of what stands before the @. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31];
    }
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text;
}

function unbase32(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    held = ((held << 5) | alphabet.indexOf(letter)) & 0xffff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
  }
  return Buffer.from(bytes);
}
