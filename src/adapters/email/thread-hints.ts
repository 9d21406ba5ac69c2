import { createHash } from 'node:crypto';
import type { ThreadHints } from '../../inbox/model/event.js';
import type { MailAddress } from './address.js';
import { mailIdsIn, type MailId, type MailIds } from './ids.js';
import { limits } from './limits.js';
import { headersOf, type HeaderField } from './mime/header.js';

export interface ThreadSource {
  headers: readonly HeaderField[];
  messageId: string;
  subject: string;
  sender?: MailAddress;
  to: readonly MailAddress[];
  cc: readonly MailAddress[];
}

export interface ThreadContext {
  channelId: string;
  ids: MailIds;
  isOwn(address: string): boolean;
}

/** Message-IDs this mail answers: In-Reply-To, then References from the newest back; itself left out. */
export function repliesTo(headers: readonly HeaderField[], ownId: string): MailId[] {
  const answered = headersOf(headers, 'in-reply-to').flatMap(mailIdsIn);
  const references = referencesOf(headers).toReversed();
  return [...new Set([...answered, ...references])].filter((id) => id !== ownId).slice(0, limits.references);
}

/** The References header, oldest first; of a very long one the first and the newest. */
export function referencesOf(headers: readonly HeaderField[]): MailId[] {
  const all = [...new Set(headersOf(headers, 'references').flatMap(mailIdsIn))];
  return all.length <= limits.references ? all : [...all.slice(0, 1), ...all.slice(1 - limits.references)];
}

/**
 * Everything the mail says about its conversation. An id that we have minted also stands for the message it was minted
 * for, so that an answer that arrives before the outcome of sending was written finds its place.
 */
export function threadHints(source: ThreadSource, context: ThreadContext): ThreadHints {
  const token = replyToken(source.headers, context);
  const answered = repliesTo(source.headers, source.messageId).flatMap((id) => [id, ...ownExternalId(id, context)]);
  const index = outlookThread(source.headers);
  const everybody = [source.sender, ...source.to, ...source.cc].flatMap((each) => (each === undefined || context.isOwn(each.address) ? [] : [each.address]));
  return {
    key: source.messageId,
    keyIs: 'weak',
    subject: source.subject,
    participants: [...new Set(everybody)],
    repliesTo: [...new Set([...answered, ...(index === undefined ? [] : [index])])],
    ...(token === undefined ? {} : { tokenConversationId: token }),
  };
}

/** The external id of the message that a Message-ID of ours was minted for. */
export function ownExternalId(id: string, context: Pick<ThreadContext, 'channelId' | 'ids'>): string[] {
  const messageId = context.ids.readMessageId(id)?.messageId;
  const prefix = `${context.channelId}:`;
  return messageId?.startsWith(prefix) === true ? [messageId.slice(prefix.length)] : [];
}

const recipientHeaders = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to', 'x-forwarded-to'];

function replyToken(headers: readonly HeaderField[], context: ThreadContext): string | undefined {
  for (const key of recipientHeaders) {
    for (const value of headersOf(headers, key)) {
      for (const [address] of value.matchAll(/[^\s<>,;:"()]{1,64}\+[^\s<>,;:"()@]{1,64}@[^\s<>,;:"()]{1,253}/g)) {
        const conversationId = context.ids.readReplyAddress(address, context.channelId);
        if (conversationId !== undefined) return conversationId;
      }
    }
  }
  return undefined;
}

/** Thread-Index: 22 bytes that are the same in a whole conversation, then 5 for every answer ([MS-OXOMSG] 2.2.1.3). */
export function threadIndexOf(headers: readonly HeaderField[]): Buffer | undefined {
  const value = headersOf(headers, 'thread-index')[0];
  if (value === undefined || !/^[A-Za-z0-9+/\s]{29,2000}={0,2}$/.test(value)) return undefined;
  const bytes = Buffer.from(value.replace(/\s+/g, ''), 'base64');
  return bytes.length < 22 ? undefined : bytes;
}

function outlookThread(headers: readonly HeaderField[]): string | undefined {
  const index = threadIndexOf(headers);
  return index === undefined ? undefined : `outlook-thread:${index.subarray(0, 22).toString('base64url')}`;
}

/** The Thread-Index of an answer to a mail that had one. */
export function nextThreadIndex(answered: string, messageId: string): string {
  const before = Buffer.from(answered, 'base64').subarray(0, 22 + 5 * 60);
  return Buffer.concat([before, createHash('sha256').update(messageId).digest().subarray(0, 5)]).toString('base64');
}
