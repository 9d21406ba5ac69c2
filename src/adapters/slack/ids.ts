/** One post: `CHANNEL:TS`. Slack's own key of a post is the pair, inside one workspace. */
export type SlackMessageId = string & { readonly brand: 'SlackMessageId' };
/** One thread: `CHANNEL:ROOT_TS`; a direct message has one thread, `CHANNEL`. */
export type SlackThreadKey = string & { readonly brand: 'SlackThreadKey' };

const channelPattern = /^[A-Z0-9]{2,24}$/;
const tsPattern = /^\d{1,12}\.\d{1,9}$/;

export function isChannel(value: string | undefined): value is string {
  return value !== undefined && channelPattern.test(value);
}

/** A post's time and name within its channel: seconds, a point, a number. */
export function isTs(value: string | undefined): value is string {
  return value !== undefined && tsPattern.test(value);
}

export function messageId(channel: string, ts: string): SlackMessageId {
  return `${channel}:${ts}` as SlackMessageId;
}

/** `undefined` for what names no post (a file, another platform's id). */
export function readMessageId(id: string): { channel: string; ts: string } | undefined {
  const at = id.indexOf(':');
  const channel = id.slice(0, at);
  const ts = id.slice(at + 1);
  return at > 0 && isChannel(channel) && isTs(ts) ? { channel, ts } : undefined;
}

export function threadKey(channel: string, rootTs?: string): SlackThreadKey {
  return (rootTs === undefined ? channel : `${channel}:${rootTs}`) as SlackThreadKey;
}

export function readThreadKey(key: string): { channel: string; threadTs?: string } | undefined {
  if (isChannel(key)) return { channel: key };
  const post = readMessageId(key);
  return post === undefined ? undefined : { channel: post.channel, threadTs: post.ts };
}

/** A file that we shared: its post's ts is not known when Slack has accepted it, because sharing goes on afterwards. */
export function fileId(id: string): string {
  return `file:${id}`;
}

/** A pressed button, by the time of the press. */
export function choiceId(channel: string, actionTs: string): string {
  return `${channel}:choice:${actionTs}`;
}

/** A post's time in integer milliseconds. */
export function millisOf(ts: string): number {
  return Math.round(Number(ts) * 1_000);
}
