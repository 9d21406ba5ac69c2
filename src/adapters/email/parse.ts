import type { InboundAttachment, InboundEvent, MessageEvent } from '../../inbox/model/event.js';
import type { EmailFacts } from '../../inbox/model/message.js';
import type { MailAddress } from './address.js';
import { autoReasons } from './auto-mail.js';
import { isEcho, isOwnMail, readBounce } from './bounces.js';
import type { MailIds } from './ids.js';
import { emailFacts, mailFacts, personOf, type MailFacts } from './mail-facts.js';
import { headerOf, type HeaderField } from './mime/header.js';
import type { ReadMail } from './mime/mail.js';
import { threadHints } from './thread-hints.js';

/** What is known of a mail besides its content. */
export interface ParseContext {
  channelId: string;
  eventId: string;
  receivedAt: number;
  /** When the mail server took it (IMAP INTERNALDATE). */
  arrivedAt?: number;
  /** Which folder it came from. */
  folder: 'inbox' | 'sent';
  isOwn(address: string): boolean;
  ids: MailIds;
  auth: NonNullable<EmailFacts['auth']>;
  /** Hash of the content, see `fingerprint`. */
  print: string;
  /** True when another mail with the same Message-ID and other content is known. */
  idIsTaken: boolean;
  rawBlobId?: string;
  htmlBlobId?: string;
  /** One per file of the mail, in order. */
  files: readonly { blobId: string; size: number; mime: string }[];
}

/**
 * Turns a mail that was read into the event for the inbox. Pure: no clock, no network, no made-up id. A mail of ours
 * becomes `ignored`, a bounce becomes `delivery`, everything else a message.
 */
export function parseMail(mail: ReadMail, context: ParseContext): InboundEvent {
  const facts = mailFacts(mail.headers, context.print);
  const fromSelf = facts.sender !== undefined && context.isOwn(facts.sender.address);
  if ((context.folder === 'sent' || fromSelf) && isOwnMail(mail.headers, context.ids)) return ignored(facts, context, 'a mail that Rapport itself has sent');
  if (context.folder === 'sent') return sentElsewhere(mail, facts, context);
  const bounce = readBounce(mail, context);
  if (bounce !== undefined && bounce.targets.length === 0) return ignored(facts, context, `a delivery report that names no mail (${bounce.reason})`);
  if (bounce !== undefined) return { ...base(facts, context), type: 'delivery', ...bounce };
  return fromSelf ? fromOwnAddress(mail, facts, context) : received(mail, facts, context);
}

/** For a mail that could not be read: as much as its header tells. The source is kept, the mailbox goes on. */
export function parseUnreadable(headers: readonly HeaderField[], why: string, context: ParseContext): InboundEvent {
  const mail: ReadMail = { headers: [...headers], text: '', quoted: '', files: [], rootType: 'text/plain', rootParams: {}, notes: [] };
  const event = parseMail(mail, { ...context, files: [] });
  return event.type === 'message' ? { ...event, unreadable: why } : event;
}

function received(mail: ReadMail, facts: MailFacts, context: ParseContext, reasons: string[] = []): MessageEvent {
  const proof = context.auth.dmarc === 'pass' ? 'channel' : 'claimed';
  const auto = [...reasons, ...(isEcho(mail.headers, context.ids) ? ['carries the mark of our own mail'] : []), ...autoReasons(mail)];
  return {
    ...message(mail, facts, context),
    direction: 'in',
    sender: personOf(facts.sender, proof, unnamed(facts, context)),
    ...(auto.length === 0 ? {} : { auto }),
  };
}

/** Somebody answered from a mail program or a phone. */
function sentElsewhere(mail: ReadMail, facts: MailFacts, context: ParseContext): InboundEvent {
  const customer = strangers(facts, context)[0];
  if (customer === undefined) return ignored(facts, context, 'a sent mail that went to nobody but ourselves');
  const auto = autoReasons(mail).filter((reason) => reason.startsWith('Auto-Submitted'));
  return {
    ...message(mail, facts, context),
    direction: 'out',
    sender: personOf(facts.sender, 'channel', unnamed(facts, context)),
    recipient: personOf(customer, 'claimed', unnamed(facts, context)),
    ...(auto.length === 0 ? {} : { auto }),
  };
}

/**
 * In the inbox, From one of our own addresses. A web form writes so, with the visitor as Reply-To: the visitor is then
 * the (claimed) sender. A copy of what a colleague sent counts as sent if it is proved to be ours. Anything else is
 * shown, but never answered: that would be a loop.
 */
function fromOwnAddress(mail: ReadMail, facts: MailFacts, context: ParseContext): InboundEvent {
  const visitor = facts.replyTo === undefined || context.isOwn(facts.replyTo.address) ? undefined : facts.replyTo;
  const others = strangers(facts, context);
  if (visitor !== undefined && others.every((each) => each.address === visitor.address)) {
    return received(mail, { ...facts, sender: visitor }, { ...context, auth: { dmarc: 'none', detail: 'written by a form on our own site; the sender’s address was typed in' } });
  }
  if (others.length === 0) return received(mail, facts, context, ['from our own address']);
  if (context.auth.dmarc === 'pass') return sentElsewhere(mail, facts, context);
  return ignored(facts, context, `from our own address to ${others[0]?.address ?? 'others'}, and not proved to be ours; if it is, the Sent folder has it`);
}

function unnamed(facts: MailFacts, context: ParseContext): { print: string; from: string } {
  return { print: context.print, from: headerOf(facts.headers, 'from') };
}

function strangers(facts: MailFacts, context: ParseContext): MailAddress[] {
  return [...facts.to, ...facts.cc].filter((each) => !context.isOwn(each.address));
}

function message(mail: ReadMail, facts: MailFacts, context: ParseContext): Omit<MessageEvent, 'direction' | 'sender'> {
  const { auth, htmlBlobId } = context;
  const attachments = attachmentsOf(mail, context);
  const notes = mail.notes.length === 0 ? '' : `\n\n[${mail.notes.join(' ')}]`;
  return {
    ...base(facts, context),
    type: 'message',
    externalId: context.idIsTaken ? `${facts.messageId}#${context.print}` : facts.messageId,
    thread: threadHints(facts, context),
    text: `${mail.text}${notes}`.trimStart(),
    ...(mail.quoted === '' ? {} : { quoted: mail.quoted }),
    ...(attachments.length === 0 ? {} : { attachments }),
    email: emailFacts(facts, { auth, ...(htmlBlobId === undefined ? {} : { htmlBlobId }) }),
  };
}

function attachmentsOf(mail: ReadMail, context: ParseContext): InboundAttachment[] {
  return mail.files.flatMap((file, index) => {
    const kept = context.files[index];
    if (kept === undefined) return [];
    return [{
      blobId: kept.blobId,
      name: file.name,
      mime: kept.mime,
      size: kept.size,
      ...(file.contentId === undefined ? {} : { contentId: file.contentId }),
      ...(file.inline ? { inline: true } : {}),
    }];
  });
}

function ignored(facts: MailFacts, context: ParseContext, reason: string): InboundEvent {
  return { ...base(facts, context), type: 'ignored', reason };
}

function base(facts: MailFacts, context: ParseContext): Pick<MessageEvent, 'channelId' | 'eventId' | 'receivedAt' | 'verifiedBy' | 'occurredAt' | 'rawBlobId'> {
  const at = sentAt(facts.date, context.arrivedAt);
  return {
    channelId: context.channelId,
    eventId: context.eventId,
    receivedAt: context.receivedAt,
    verifiedBy: 'mailbox',
    ...(at === undefined ? {} : { occurredAt: at }),
    ...(context.rawBlobId === undefined ? {} : { rawBlobId: context.rawBlobId }),
  };
}

const longestJourneyMs = 3 * 24 * 3_600_000;

/** The Date line is the sender's word: it counts where the server's clock allows it. */
function sentAt(date: number | undefined, arrivedAt: number | undefined): number | undefined {
  if (date === undefined || arrivedAt === undefined) return date ?? arrivedAt;
  return date > arrivedAt || arrivedAt - date > longestJourneyMs ? arrivedAt : date;
}
