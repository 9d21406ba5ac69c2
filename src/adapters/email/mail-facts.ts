import type { Sender } from '../../inbox/model/event.js';
import type { EmailFacts } from '../../inbox/model/message.js';
import { parseAddresses, type MailAddress } from './address.js';
import { mailIdsIn } from './ids.js';
import { limits } from './limits.js';
import { decodeWords, headerOf, headersOf, readableLine, readDate, type HeaderField } from './mime/header.js';
import { referencesOf, threadIndexOf } from './thread-hints.js';

/** The header of a mail, understood. */
export interface MailFacts {
  headers: readonly HeaderField[];
  /** Its own, or one made from the content when it has none. */
  messageId: string;
  /** Absent when the From line names no address that could be answered. */
  sender?: MailAddress;
  to: MailAddress[];
  cc: MailAddress[];
  replyTo?: MailAddress;
  subject: string;
  date?: number;
}

export function mailFacts(headers: readonly HeaderField[], print: string): MailFacts {
  const list = (key: string): MailAddress[] => headersOf(headers, key).flatMap((value) => parseAddresses(value, decodeWords)).slice(0, limits.addresses);
  const date = readDate(headerOf(headers, 'date'));
  const sender = list('from')[0] ?? list('sender')[0];
  const replyTo = list('reply-to')[0];
  return {
    headers,
    messageId: mailIdsIn(headerOf(headers, 'message-id'))[0]?.slice(0, 900) ?? `${print}@no-message-id`,
    to: list('to'),
    cc: list('cc'),
    subject: readableLine(headerOf(headers, 'subject'), limits.subjectChars),
    ...(sender === undefined ? {} : { sender }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(date === undefined ? {} : { date }),
  };
}

/** The facts as they are stored with the message. */
export function emailFacts(facts: MailFacts, more: Pick<EmailFacts, 'auth' | 'htmlBlobId'>): EmailFacts {
  const inReplyTo = mailIdsIn(headerOf(facts.headers, 'in-reply-to'))[0];
  const index = threadIndexOf(facts.headers);
  return {
    messageId: facts.messageId,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    references: referencesOf(facts.headers),
    from: facts.sender?.address ?? '',
    to: facts.to.map((each) => each.address),
    cc: facts.cc.map((each) => each.address),
    ...(facts.replyTo === undefined || facts.replyTo.address === facts.sender?.address ? {} : { replyTo: facts.replyTo.address }),
    ...(index === undefined ? {} : { threadIndex: index.toString('base64') }),
    subject: facts.subject,
    ...more,
  };
}

/** The person behind an address. The proof goes for the address; the name is theirs to choose. */
export function personOf(who: MailAddress | undefined, proof: Sender['proof'], nobody: { print: string; from: string }): Sender {
  if (who === undefined) return { kind: 'email', scope, externalUserId: `unknown-${nobody.print}`, displayName: readableLine(nobody.from, limits.nameChars) || 'Unknown sender', proof: 'claimed', aliases: [] };
  return {
    kind: 'email',
    scope,
    externalUserId: who.address,
    ...(who.name === undefined ? {} : { displayName: who.name }),
    proof,
    aliases: [{ type: 'email', value: who.address, proof }],
  };
}

/** An e-mail address is the same person whichever mailbox it writes to. */
const scope = 'global';
