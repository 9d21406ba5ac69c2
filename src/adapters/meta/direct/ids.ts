import { createHash } from 'node:crypto';

const own = 'rapport:';
const choice = 'choice:';
/** Meta's limits of `metadata` and of a quick reply's `payload`. */
const metadataMax = 1_000;

/** What a message of ours carries, and its echo brings back. */
export function metadataOf(messageId: string): string {
  return `${own}${messageId}`.slice(0, metadataMax);
}

/** Our message's id in an echo; `undefined` when somebody else wrote it. */
export function readMetadata(metadata: string | undefined): string | undefined {
  return metadata?.startsWith(own) === true ? metadata.slice(own.length) : undefined;
}

/** The whole text of a choice: the button shows no more than 20 characters of it. */
export function choicePayload(text: string): string {
  return `${choice}${text}`.slice(0, metadataMax);
}

/** What a customer chose of what we offered; `undefined` for buttons that others made. */
export function readChoice(payload: string | undefined): string | undefined {
  return payload?.startsWith(choice) === true ? payload.slice(choice.length) : undefined;
}

/** For events that have no id of their own: who and when, or their content. */
export function namedBy(...parts: (string | number | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(':');
}

/** A short name of a text that may be long. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
