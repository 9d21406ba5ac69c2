import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownAddresses } from '../../../../src/adapters/email/address.js';
import { fingerprint } from '../../../../src/adapters/email/fingerprint.js';
import { createMailIds } from '../../../../src/adapters/email/ids.js';
import { readHeader } from '../../../../src/adapters/email/mime/header.js';
import { readMail } from '../../../../src/adapters/email/mime/read-mail.js';
import { parseMail, parseUnreadable, type ParseContext } from '../../../../src/adapters/email/parse.js';
import type { InboundEvent } from '../../../../src/inbox/model/event.js';
import { replyKey } from './mailbox.js';

export const fixtureFolder = join(import.meta.dirname, '../../../fixtures/email');

export function fixtureNames(): string[] {
  return readdirSync(fixtureFolder).filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -4)).sort();
}

export function fixture(name: string): Buffer {
  return readFileSync(join(fixtureFolder, `${name}.eml`));
}

/** A mail as it comes out at the other end: of support@velowerk.example, without asking DNS. */
export async function eventOf(raw: Buffer, more: Partial<ParseContext> = {}): Promise<InboundEvent> {
  const context: ParseContext = {
    channelId: 'ch-mail', eventId: 'mail:INBOX:1:1', receivedAt: Date.UTC(2026, 2, 12, 12), folder: 'inbox',
    isOwn: ownAddresses({ address: 'support@velowerk.example', aliases: ['info@velowerk.example'] }).has,
    ids: createMailIds(replyKey), auth: { dmarc: 'none', detail: '' }, print: fingerprint(raw), idIsTaken: false, files: [], ...more,
  };
  const mail = await readMail(raw).catch((error: Error) => error);
  if (mail instanceof Error) return parseUnreadable(readHeader(raw), mail.message, context);
  return parseMail(mail, { ...context, files: mail.files.map((file, index) => ({ blobId: `file-${index}`, size: file.bytes.length, mime: file.mime })), ...(mail.html === undefined ? {} : { htmlBlobId: 'html' }) });
}

/** What a golden file holds: everything an agent or the inbox will see of a mail, and nothing that is the same for all. */
export function summaryOf(event: InboundEvent): Record<string, unknown> {
  const at = event.occurredAt === undefined ? {} : { date: new Date(event.occurredAt).toISOString() };
  if (event.type !== 'message') return { type: event.type, ...at, ...(event.type === 'delivery' ? { state: event.state, targets: event.targets, reason: event.reason } : {}), ...(event.type === 'ignored' ? { reason: event.reason } : {}) };
  const { email, thread } = event;
  const names = (who: typeof event.sender): string => `${who.displayName ?? ''} <${who.externalUserId}> ${who.proof}`.trim();
  return {
    type: event.direction,
    from: names(event.sender),
    ...(event.recipient === undefined ? {} : { recipient: names(event.recipient) }),
    to: email?.to, ...(email?.cc.length === 0 ? {} : { cc: email?.cc }), ...(email?.replyTo === undefined ? {} : { replyTo: email.replyTo }),
    subject: email?.subject, ...at, id: event.externalId,
    thread: { repliesTo: thread.repliesTo, participants: thread.participants, ...(thread.tokenConversationId === undefined ? {} : { token: thread.tokenConversationId }) },
    text: event.text.split('\n'),
    ...(event.quoted === undefined ? {} : { quoted: event.quoted.split('\n') }),
    ...(email?.htmlBlobId === undefined ? {} : { html: true }),
    ...(event.attachments === undefined ? {} : { files: event.attachments.map((file) => `${file.name} | ${file.mime} | ${file.size}${file.inline === true ? ' | inline' : ''}${file.contentId === undefined ? '' : ` | ${file.contentId}`}`) }),
    ...(event.auto === undefined ? {} : { auto: event.auto }),
    ...(event.unreadable === undefined ? {} : { unreadable: event.unreadable }),
  };
}
