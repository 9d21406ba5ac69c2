import { z } from 'zod';
import type { VisitorClaim, VisitorFile, VisitorFrame, VisitorPass } from '../contract/visitors.js';
import type { Millis } from '../../inbox/model/common.js';
import type { IdentityEvent, MessageEvent, ReceiptEvent, Sender } from '../../inbox/model/event.js';
import type { Alias } from '../../inbox/model/identity.js';
import type { ExternalUserId } from './ids.js';
import { anonymousUserIdOf, externalUserIdOf, identityEventId, messageEventId, messageIdOf, receiptEventId } from './ids.js';
import { filesPerMessage, textMax, tokenMax } from './limits.js';

const token = z.string().min(1).max(tokenMax);
const frame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), token, cursor: z.string().max(tokenMax).optional() }),
  z.strictObject({
    type: z.literal('message'), clientId: z.string().regex(/^[\w-]{8,64}$/), text: z.string().max(textMax).transform(readable),
    uploads: z.array(token).max(filesPerMessage).default([]),
  }),
  z.strictObject({ type: z.literal('typing'), on: z.boolean() }),
  z.strictObject({ type: z.literal('receipt'), state: z.enum(['delivered', 'read']), conversationId: z.string().regex(/^[\w-]{1,64}$/), seq: z.number().int().min(1).max(1e9) }),
  z.strictObject({ type: z.literal('ping') }),
]);

const noControls = /^[^\p{Cc}\p{Cf}\p{Cs}]*$/u;
const claim = z.strictObject({
  id: z.string().min(1).max(200).regex(noControls).optional(),
  email: z.string().trim().max(254).pipe(z.email()).optional(),
  name: z.string().trim().min(1).max(120).regex(noControls).optional(),
  hash: z.string().max(200).optional(),
});

/** Checks what a browser sent, as parsed JSON. `undefined` for anything that is not one of our frames. */
export function readFrame(input: unknown): VisitorFrame | undefined {
  const parsed = frame.safeParse(input);
  if (!parsed.success) return undefined;
  const value = parsed.data;
  if (value.type === 'message' && value.text === '' && value.uploads.length === 0) return undefined;
  if (value.type !== 'hello') return value;
  return { type: 'hello', token: value.token, ...(value.cursor === undefined ? {} : { cursor: value.cursor }) };
}

export function readClaim(input: unknown): VisitorClaim | undefined {
  const parsed = claim.safeParse(input);
  if (!parsed.success) return undefined;
  return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
}

export function messageEvent(message: VisitorFrame & { type: 'message' }, pass: VisitorPass, facts: { receivedAt: Millis; files: VisitorFile[] }): MessageEvent {
  const externalId = messageIdOf(pass, message.clientId);
  return {
    type: 'message', channelId: pass.channelId, eventId: messageEventId(externalId), externalId, receivedAt: facts.receivedAt, verifiedBy: 'token',
    direction: 'in', sender: senderOf(pass, externalUserIdOf(pass)), thread: { key: pass.visitorId, keyIs: 'exact' }, text: message.text, clientId: message.clientId,
    ...(facts.files.length === 0 ? {} : { attachments: facts.files.map(({ blobId, name, mime, size }) => ({ blobId, name, mime, size })) }),
  };
}

export function receiptEvent(receipt: VisitorFrame & { type: 'receipt' }, pass: VisitorPass, facts: { receivedAt: Millis; threadKey: string }): ReceiptEvent {
  return {
    type: 'receipt', channelId: pass.channelId, eventId: receiptEventId(receipt), receivedAt: facts.receivedAt, verifiedBy: 'token',
    state: receipt.state, threadKey: facts.threadKey, upToSeq: receipt.seq,
  };
}

/**
 * The person, on each identity that this pass speaks for. What the site proved is said of the anonymous one as well:
 * both sat at the same browser, and a join can be undone.
 */
export function identityEvents(pass: VisitorPass, receivedAt: Millis): IdentityEvent[] {
  const users = pass.userId === undefined ? [anonymousUserIdOf(pass)] : [externalUserIdOf(pass), anonymousUserIdOf(pass)];
  return users.map((user) => {
    const sender = senderOf(pass, user);
    return { type: 'identity', channelId: pass.channelId, eventId: identityEventId(pass, sender), receivedAt, verifiedBy: 'token', sender };
  });
}

function senderOf(pass: VisitorPass, user: ExternalUserId): Sender {
  return {
    kind: 'webchat', scope: pass.channelId, externalUserId: user, proof: pass.userId === undefined ? 'claimed' : 'channel', aliases: aliasesOf(pass),
    ...(pass.name === undefined ? {} : { displayName: pass.name }),
    ...(pass.language === undefined ? {} : { language: pass.language }),
    ...(pass.timeZone === undefined ? {} : { timeZone: pass.timeZone }),
  };
}

function aliasesOf(pass: VisitorPass): Alias[] {
  const aliases: Alias[] = [];
  if (pass.email !== undefined) aliases.push({ type: 'email', value: pass.email.address, proof: pass.email.proof });
  if (pass.userId !== undefined) aliases.push({ type: 'native', value: `webchat-user:${pass.channelId}:${pass.userId}`, proof: 'channel' });
  return aliases;
}

/** Without control characters and halves of characters; line ends are line feeds; no empty lines around it. */
function readable(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
  return lines.replace(/\p{Cs}/gu, '\uFFFD').replace(/^\n+|\s+$/g, '');
}
