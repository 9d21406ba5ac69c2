import type { Outbound } from '../contract.js';
import type { MailNotice } from '../contract/abilities.js';
import { hostOf, ownAddresses, plainAddress } from './address.js';
import { loopHeader } from './bounces.js';
import type { EmailSettings } from './config.js';
import { mailId, type MailId, type MailIds } from './ids.js';
import { limits } from './limits.js';
import { htmlFromText } from './send/mail-html.js';
import { nextThreadIndex } from './thread-hints.js';

/** A mail ready to be put together: every text is one line where it must be, every address is plain. */
export interface MailDraft {
  messageId: MailId;
  from: { name: string; address: string };
  to: { name: string; address: string };
  cc: string[];
  replyTo?: string;
  subject: string;
  inReplyTo?: MailId;
  references: MailId[];
  headers: Record<string, string>;
  text: string;
  html: string;
  attachments: { blobId: string; name: string; mime: string }[];
  /** Shown within the HTML, which names each as `cid:…`. */
  pictures?: NonNullable<MailNotice['pictures']>;
}

export interface RenderContext {
  channelId: string;
  settings: EmailSettings;
  ids: MailIds;
}

/** The mail for a message, or why there can be none. Pure. */
export function renderMail(outbound: Outbound, context: RenderContext): MailDraft | { impossible: string } {
  const { settings, ids } = context;
  const own = ownAddresses(settings);
  const to = plainAddress(outbound.to.address ?? outbound.to.externalUserId);
  if (to === undefined) return { impossible: `“${oneLine(outbound.to.address ?? outbound.to.externalUserId)}” is not an address that a mail can go to.` };
  if (own.has(to)) return { impossible: `${to} is this mailbox itself.` };
  const signature = settings.signature.replaceAll('{name}', oneLine(outbound.author.name)).replace(/\r\n?/g, '\n').trim();
  const text = bodyText(outbound);
  const answered = outbound.answers?.email;
  const replyTo = settings.plusAddressing ? ids.mintReplyAddress(settings.address, context.channelId, outbound.conversationId) : undefined;
  return {
    messageId: ids.mintMessageId(outbound.messageId, hostOf(settings.address)),
    from: { name: oneLine(settings.displayName) || oneLine(outbound.companyName), address: settings.address },
    to: { name: oneLine(outbound.to.displayName ?? ''), address: to },
    cc: recipients(outbound.cc ?? [], (address) => address !== to && !own.has(address)),
    ...(replyTo === undefined ? {} : { replyTo }),
    subject: subjectOf(outbound),
    ...(answered === undefined ? {} : { inReplyTo: mailId(answered.messageId) }),
    references: referencesOf(outbound),
    headers: { [loopHeader]: ids.mintLoopMark(outbound.messageId), ...outlook(outbound), ...(outbound.isAutomatic ? automatic(answered !== undefined) : {}) },
    text: signature === '' ? `${text}\n` : `${text}\n\n-- \n${signature}\n`,
    html: htmlFromText(text, { signature, ...(outbound.language === undefined ? {} : { language: outbound.language }) }),
    attachments: outbound.attachments.map((file) => ({ blobId: file.id, name: oneLine(file.name) || 'file', mime: file.mime })),
  };
}

/** A mail outside any conversation: a code, an invitation, a report. */
export function renderNotice(notice: MailNotice, context: RenderContext): MailDraft | { impossible: string } {
  const { settings, ids } = context;
  const to = plainAddress(notice.to);
  if (to === undefined) return { impossible: `“${oneLine(notice.to)}” is not an address that a mail can go to.` };
  const messageId = `notice:${notice.id}`;
  return {
    messageId: ids.mintMessageId(messageId, hostOf(settings.address)),
    from: { name: oneLine(settings.displayName), address: settings.address },
    to: { name: '', address: to },
    cc: [],
    subject: oneLine(notice.subject).slice(0, limits.subjectChars),
    references: [],
    headers: { [loopHeader]: ids.mintLoopMark(messageId), ...automatic(false) },
    text: `${notice.text}\n`,
    html: notice.html ?? htmlFromText(notice.text, { signature: '' }),
    attachments: [],
    ...(notice.pictures === undefined ? {} : { pictures: notice.pictures }),
  };
}

function outlook(outbound: Outbound): Record<string, string> {
  const answered = outbound.answers?.email?.threadIndex;
  return answered === undefined ? {} : { 'thread-index': nextThreadIndex(answered, outbound.messageId) };
}

/** RFC 3834; Exchange and Outlook go by the second one; older programs by the third. */
function automatic(isAnswer: boolean): Record<string, string> {
  return { 'auto-submitted': isAnswer ? 'auto-replied' : 'auto-generated', 'x-auto-response-suppress': 'All', precedence: 'auto_reply' };
}

function bodyText(outbound: Outbound): string {
  const text = outbound.text.replace(/\r\n?/g, '\n').replace(/[\p{Cc}]/gu, (letter) => (letter === '\n' || letter === '\t' ? letter : '')).trim();
  const choices = (outbound.choices ?? []).map((choice) => `• ${oneLine(choice)}`);
  return choices.length === 0 ? text : `${text}\n\n${choices.join('\n')}`;
}

const prefix = /^(re|aw|antw|antwort|sv|vs|rv|tr|rif|réf|odp|ynt|fwd?|wg|i|enc|rés)(\[\d{1,3}\])?\s?:\s*/i;

/** The latest subject of the conversation with exactly one `Re:`; of a mail that answers nothing, the subject itself. */
function subjectOf(outbound: Outbound): string {
  let bare = oneLine(outbound.subject ?? outbound.answers?.email?.subject ?? '');
  for (let round = 0; round < 20 && prefix.test(bare); round += 1) bare = bare.replace(prefix, '');
  const subject = bare === '' ? oneLine(outbound.companyName) : bare;
  const isAnswer = outbound.answers !== undefined || (outbound.references ?? []).length > 0;
  return (isAnswer ? `Re: ${subject}` : subject).slice(0, limits.subjectChars);
}

/** All ids of the conversation, oldest first, the answered one last: programs that know any of them find the thread. */
function referencesOf(outbound: Outbound): MailId[] {
  const answered = outbound.answers?.email;
  const last = answered === undefined ? undefined : mailId(answered.messageId);
  const before = [...(answered?.references ?? []), ...(outbound.references ?? [])].map(mailId).filter((id) => id !== last && /^[^\s<>]{3,900}$/.test(id));
  const all = [...new Set([...before, ...(last === undefined ? [] : [last])])];
  return all.length <= limits.references ? all : [...all.slice(0, 1), ...all.slice(1 - limits.references)];
}

function recipients(given: readonly string[], wanted: (address: string) => boolean): string[] {
  const plain = given.map((each) => plainAddress(each)).filter((each) => each !== undefined);
  return [...new Set(plain)].filter(wanted).slice(0, limits.addresses);
}

/** Nothing from outside may begin a new header line. */
function oneLine(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/\s+/g, ' ').trim();
}
