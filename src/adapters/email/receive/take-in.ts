import { AppError, messageOf } from '../../../errors.js';
import type { InboundEvent } from '../../../inbox/model/event.js';
import type { ConnectionHost } from '../../contract/abilities.js';
import { ownAddresses } from '../address.js';
import { isOwnMail } from '../bounces.js';
import type { EmailSettings } from '../config.js';
import type { EmailTools } from '../deps.js';
import { fingerprint } from '../fingerprint.js';
import { mailFacts } from '../mail-facts.js';
import { readHeader } from '../mime/header.js';
import type { ReadMail } from '../mime/mail.js';
import { parseMail, parseUnreadable, type ParseContext } from '../parse.js';
import { verifyMail, type MailAuth } from '../verify.js';

/** Where a mail lies on the server. */
export interface MailPlace {
  folder: 'inbox' | 'sent';
  path: string;
  uidValidity: string;
  uid: number;
  arrivedAt?: number;
}

export interface TakeIn {
  channelId: string;
  settings: EmailSettings;
  host: ConnectionHost;
  tools: EmailTools;
  /** Content hashes of what was taken in lately, by Message-ID. */
  recent: Map<string, string>;
}

/**
 * From raw bytes to the event: source into the blob store first, then read, then its files. Throws only when the store
 * does not take something; whatever is wrong with the mail itself ends in the event.
 */
export async function takeIn(box: TakeIn, place: MailPlace, raw: Buffer): Promise<InboundEvent> {
  const headers = readHeader(raw);
  const context = contextOf(box, place, fingerprint(raw));
  if (place.folder === 'sent' && isOwnMail(headers, box.tools.ids)) return parseUnreadable(headers, '', context);
  const { blobId } = await box.host.putBlob(raw, { name: `${place.uid}.eml`, mime: 'message/rfc822' });
  box.tools.crashAt('mail-stored');
  const stored = { ...context, rawBlobId: blobId, idIsTaken: await idIsTaken(box, mailFacts(headers, context.print).messageId, context.print) };
  const [result, auth] = await Promise.all([box.tools.pool.read(raw), authOf(box, place, raw)]);
  const checked = { ...stored, auth };
  if (!('mail' in result)) return parseUnreadable(headers, `This mail could not be read: ${result.unreadable}.`, checked);
  const files = await keepFiles(box.host, result.mail);
  try {
    return parseMail(result.mail, { ...checked, ...files });
  } catch (error) {
    box.host.log.warn({ err: error, uid: place.uid }, 'a mail could not be understood');
    return parseUnreadable(headers, `This mail could not be understood: ${messageOf(error)}.`, checked);
  }
}

/** A mail that is too large to be read: only its header is looked at; `source` goes to the blob store as a stream. */
export async function takeInLarge(box: TakeIn, place: MailPlace, mail: { header: Buffer; source: AsyncIterable<Uint8Array>; size: number }): Promise<InboundEvent> {
  const { blobId } = await box.host.putBlob(mail.source, { name: `${place.uid}.eml`, mime: 'message/rfc822' });
  const headers = readHeader(mail.header);
  const context = { ...contextOf(box, place, fingerprint(mail.header)), rawBlobId: blobId };
  return parseUnreadable(headers, `This mail is too large to be shown (${Math.round(mail.size / 1_048_576)} MB). Its source is kept.`, context);
}

function contextOf(box: TakeIn, place: MailPlace, print: string): ParseContext {
  return {
    channelId: box.channelId,
    eventId: `mail:${place.path}:${place.uidValidity}:${place.uid}`,
    receivedAt: box.host.clock(),
    ...(place.arrivedAt === undefined ? {} : { arrivedAt: place.arrivedAt }),
    folder: place.folder,
    isOwn: ownAddresses(box.settings).has,
    ids: box.tools.ids,
    auth: { dmarc: 'none', detail: 'not checked' },
    print,
    idIsTaken: false,
    files: [],
  };
}

async function authOf(box: TakeIn, place: MailPlace, raw: Buffer): Promise<MailAuth> {
  if (place.folder === 'sent') return { dmarc: 'none', detail: 'from our own Sent folder' };
  const { resolver } = box.tools.deps;
  return verifyMail(raw, { trustedServer: box.settings.trustedAuthServer, ...(resolver === undefined ? {} : { resolver }) });
}

const mostRecent = 2_000;

/** Software repeats Message-IDs; a mail with a known id and other content is another mail. */
async function idIsTaken(box: TakeIn, messageId: string, print: string): Promise<boolean> {
  const known = box.recent.get(messageId) ?? (await earlierPrint(box, messageId));
  if (known !== undefined) return known !== print;
  box.recent.set(messageId, print);
  if (box.recent.size > mostRecent) for (const oldest of box.recent.keys()) { box.recent.delete(oldest); break; }
  return false;
}

async function earlierPrint(box: TakeIn, messageId: string): Promise<string | undefined> {
  const source = await box.host.sourceOf?.(messageId);
  return source === undefined ? undefined : fingerprint(source);
}

async function keepFiles(host: ConnectionHost, mail: ReadMail): Promise<Pick<ParseContext, 'files' | 'htmlBlobId'>> {
  const files: ParseContext['files'][number][] = [];
  for (const file of mail.files) files.push(await host.putBlob(file.bytes, { name: file.name, mime: file.mime }));
  if (mail.html === undefined) return { files };
  const { blobId } = await host.putBlob(Buffer.from(mail.html), { name: 'body.html', mime: 'text/html' });
  return { files, htmlBlobId: blobId };
}

/** Whether the store refused, so that the same mail must be tried again later. */
export function isStoreTrouble(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'store_unavailable' || error.code === 'disk_full');
}
