/** A post's id on X: a number too large for JavaScript, so a text. The external id of a post as it is. */
export type PostId = string & { readonly brand: 'XPostId' };
/** `dm:` and the id of a direct message's event; posts and messages are numbered apart. */
export type DirectMessageId = string & { readonly brand: 'XDirectMessageId' };

/** All of X is one: a user's id means the same person in every account's inbox. */
export const scope = 'x.com';

const snowflake = /^\d{1,20}$/;

/** A post's or a user's id, or `undefined` when the value is none. */
export function idOf(value: unknown): PostId | undefined {
  return typeof value === 'string' && snowflake.test(value) ? (value as PostId) : undefined;
}

export function directMessageId(eventId: string): DirectMessageId {
  return `dm:${eventId}` as DirectMessageId;
}

/** What stands behind `dm:`; `undefined` for the id of a post. */
export function directMessageEventId(externalId: string): string | undefined {
  return externalId.startsWith('dm:') ? externalId.slice(3) : undefined;
}

/** One customer in one public conversation: two people under the same post are two threads. */
export function postThread(conversationId: string, customerId: string): string {
  return `post:${conversationId}:${customerId}`;
}

export function directThread(customerId: string): string {
  return `dm:${customerId}`;
}

/** Ids grow with time and have up to 20 digits: padded, they compare as text (as numbers they would lose their last digits). */
export function revisionOf(postId: string): string {
  return `p${postId.padStart(20, '0')}`;
}
