import { createHash, randomBytes } from 'node:crypto';
import type { VisitorPass } from '../contract/visitors.js';

type Branded<Name extends string> = string & { readonly __brand: Name };

/** Random, 144 bits; whoever knows it still needs the signature of a token. */
export type VisitorId = Branded<'VisitorId'>;
/** A visitor id, or `user:` and the site's id of the person. */
export type ExternalUserId = Branded<'ExternalUserId'>;
/** Of a message: the visitor's id and the id their browser gave it, so that the same message twice is one. */
export type ExternalMessageId = Branded<'ExternalMessageId'>;

export function newVisitorId(): VisitorId {
  return randomBytes(18).toString('base64url') as VisitorId;
}

export function externalUserIdOf(pass: VisitorPass): ExternalUserId {
  return (pass.userId === undefined ? pass.visitorId : `user:${pass.userId}`) as ExternalUserId;
}

/** The anonymous identity that this browser began with. */
export function anonymousUserIdOf(pass: VisitorPass): ExternalUserId {
  return pass.visitorId as string as ExternalUserId;
}

export function identityIdOf(channelId: string, user: ExternalUserId): string {
  return `webchat:${channelId}:${user}`;
}

export function messageIdOf(pass: VisitorPass, clientId: string): ExternalMessageId {
  return `${pass.visitorId}:${clientId}` as ExternalMessageId;
}

export function messageEventId(messageId: ExternalMessageId): string {
  return `message:${messageId}`;
}

export function receiptEventId(receipt: { conversationId: string; state: string; seq: number }): string {
  return `receipt:${receipt.conversationId}:${receipt.state}:${receipt.seq}`;
}

/** The same claim of the same pass has the same id: a repeated request changes nothing. */
export function identityEventId(pass: VisitorPass, sender: object): string {
  const digest = createHash('sha256').update(JSON.stringify(sender)).digest('base64url').slice(0, 22);
  return `identity:${pass.visitorId}:${pass.revision}:${digest}`;
}
