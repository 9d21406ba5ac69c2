import { plainAddress } from './address.js';
import { mailIdsIn, type MailIds } from './ids.js';
import { headerOf, headersOf, type HeaderField } from './mime/header.js';
import type { ReadMail } from './mime/mail.js';
import { ownExternalId } from './thread-hints.js';

/** What a returned mail says about something we sent. */
export interface Bounce {
  /** External ids it may be about, the surest first. Empty when the report names none. */
  targets: string[];
  state: 'failed' | 'delayed' | 'delivered';
  /** Whom it did not reach and the words of the server. */
  reason: string;
}

interface Context {
  channelId: string;
  ids: MailIds;
  isOwn(address: string): boolean;
}

/**
 * Reads a delivery report: the standard kind (RFC 3464), which may be about any mail sent from this address, and what
 * mail servers write in their own words, if it is about a mail that we signed. `undefined`: an ordinary (automatic) mail.
 */
export function readBounce(mail: ReadMail, context: Context): Bounce | undefined {
  const targets = targetsOf(mail, context);
  if (mail.deliveryStatus !== undefined) {
    const original = mailIdsIn(headerOf(mail.embedded ?? [], 'message-id'));
    return { targets: [...new Set([...targets, ...original])], ...fromStatus(mail.deliveryStatus, mail, context) };
  }
  return targets.length > 0 && looksReturned(mail) ? { targets, ...fromWords(mail, context) } : undefined;
}

function targetsOf(mail: ReadMail, context: Context): string[] {
  const found = new Set<string>();
  const take = (id: string): void => {
    if (context.ids.readMessageId(id) === undefined) return;
    found.add(id);
    for (const external of ownExternalId(id, context)) found.add(external);
  };
  const mark = context.ids.readLoopMark(headerOf(mail.embedded ?? [], loopHeader))?.messageId;
  for (const id of mailIdsIn(headerOf(mail.embedded ?? [], 'message-id'))) take(id);
  if (mark?.startsWith(`${context.channelId}:`) === true) found.add(mark.slice(context.channelId.length + 1));
  for (const id of idsInText(`${mail.text}\n${mail.quoted}`)) take(id);
  if (mail.deliveryStatus !== undefined) for (const id of idsInText(mail.deliveryStatus)) take(id);
  for (const key of ['in-reply-to', 'references', 'x-failed-message-id']) for (const value of headersOf(mail.headers, key)) for (const id of mailIdsIn(value)) take(id);
  for (const file of mail.files.filter((each) => each.inline || /^text\/|\.(txt|eml)$/i.test(`${each.mime}${each.name}`)).slice(0, 5)) {
    for (const id of idsInText(file.bytes.subarray(0, 100_000).toString('latin1'))) take(id);
  }
  return [...found];
}

/** Carries the message a mail was made for; servers keep it where they replace the Message-ID. */
export const loopHeader = 'x-rapport-loop';

function idsInText(text: string): string[] {
  return [...text.slice(0, 200_000).matchAll(/\b([mh][a-z2-7]{8,200}\.[a-z2-7]{16}@[\w.-]{1,253})/gi)].map((match) => match[1] ?? '').slice(0, 20);
}

function fromStatus(status: string, mail: ReadMail, context: Context): Pick<Bounce, 'state' | 'reason'> {
  const recipients = status
    .split(/\n\s*\n/)
    .map((block) => fieldsOf(block))
    .filter((fields) => fields['action'] !== undefined || fields['status'] !== undefined);
  const worst = recipients.find((each) => stateOf(each) === 'failed') ?? recipients.find((each) => stateOf(each) === 'delayed') ?? recipients[0];
  if (worst === undefined) return fromWords(mail, context);
  const words = clean(worst['diagnostic-code'] ?? worst['status'] ?? '');
  return { state: stateOf(worst), reason: [recipientOf(worst), words].filter((part) => part !== '').join(': ') };
}

function stateOf(fields: Record<string, string>): Bounce['state'] {
  const action = fields['action']?.toLowerCase() ?? '';
  const code = fields['status'] ?? '';
  if (action === 'delayed' || (action === '' && code.startsWith('4'))) return 'delayed';
  if (['delivered', 'relayed', 'expanded'].includes(action) || (action === '' && code.startsWith('2'))) return 'delivered';
  return 'failed';
}

function recipientOf(fields: Record<string, string>): string {
  const value = fields['original-recipient'] ?? fields['final-recipient'] ?? '';
  return plainAddress(value.replace(/^[^;]*;/, '').replace(/[<>]/g, '')) ?? '';
}

function fieldsOf(block: string): Record<string, string> {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields[line.slice(0, colon).trim().toLowerCase()] ??= line.slice(colon + 1).trim();
  }
  return fields;
}

function looksReturned(mail: ReadMail): boolean {
  const from = headerOf(mail.headers, 'from').slice(0, 1_000);
  const subject = headerOf(mail.headers, 'subject').slice(0, 300);
  const byDaemon = /mailer-daemon|postmaster@|mail delivery (sub)?system|mdaemon|microsoft exchange|mail administrator|bounce/i.test(from);
  const nullSender = headersOf(mail.headers, 'return-path').some((value) => /^<\s*>$/.test(value));
  const named = headerOf(mail.headers, 'x-failed-recipients') !== '';
  return named || ((byDaemon || nullSender || mail.rootType === 'multipart/report') && returnedSubject.test(subject));
}

const returnedSubject =
  /undeliver|delivery (has )?(failed|failure|status|delayed|notification|problem|incomplete)|returned (mail|to sender)|failure (notice|delivery)|failed (mail|delivery)|mail (delivery|system) (failed|error|warning|failure)|warning: (message|could not)|unzustellbar|nicht zugestellt|zustell|rücksendung|no se (ha podido|pudo) entregar|entrega|non remis|échec|remise|could not be delivered|mail could not|message (not delivered|blocked|delayed)|non recapitabile/i;

function fromWords(mail: ReadMail, context: Context): Pick<Bounce, 'state' | 'reason'> {
  const text = `${mail.text}\n${mail.quoted}`.slice(0, 20_000);
  const subject = headerOf(mail.headers, 'subject');
  const isDelay = /delayed|warning: (message|could not)|will (be retried|continue|keep trying)|not (yet )?been delivered|verzögert|noch nicht zugestellt|retras|retard/i.test(`${subject}\n${text.slice(0, 3_000)}`);
  const isFinal = /permanent|giving up|gave up|\b5\.\d{1,3}\.\d{1,3}\b|\b55\d[ -]/i.test(text.slice(0, 5_000));
  const who = plainAddress(headerOf(mail.headers, 'x-failed-recipients').split(',')[0] ?? '') ?? namedIn(text, context);
  const words = text.split('\n').find((line) => /\b[45]\.\d{1,3}\.\d{1,3}\b|\b[45]\d\d[ -]/.test(line.slice(0, 1_000))) ?? subject;
  return { state: isDelay && !isFinal ? 'delayed' : 'failed', reason: [who, clean(words)].filter((part) => part !== '').join(': ') };
}

/** The first address in the words that is neither ours nor the id of our mail. */
function namedIn(text: string, context: Context): string {
  for (const [found] of text.slice(0, 5_000).matchAll(/[^\s<>"'(),;:[\]]{1,64}@[\w.-]{3,253}/g)) {
    const address = plainAddress(found.replace(/\.+$/, ''));
    if (address !== undefined && !context.isOwn(address) && context.ids.readMessageId(found) === undefined) return address;
  }
  return '';
}

function clean(words: string): string {
  return words.replace(/^\s*(smtp|x-[\w-]+|x\.\w+)\s*;\s*/i, '').replace(/[\p{Cc}\s]+/gu, ' ').trim().slice(0, 500);
}

/** Whether the header is of a mail that this installation has sent, by its id or its mark. */
export function isOwnMail(headers: readonly HeaderField[], ids: MailIds): boolean {
  return mailIdsIn(headerOf(headers, 'message-id')).some((id) => ids.readMessageId(id) !== undefined) || ids.readLoopMark(headerOf(headers, loopHeader)) !== undefined;
}

/** Our mark on somebody else's mail: a program has sent ours back. */
export function isEcho(headers: readonly HeaderField[], ids: MailIds): boolean {
  return ids.readLoopMark(headerOf(headers, loopHeader)) !== undefined && !mailIdsIn(headerOf(headers, 'message-id')).some((id) => ids.readMessageId(id) !== undefined);
}
