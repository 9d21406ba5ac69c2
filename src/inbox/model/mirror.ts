import type { Millis } from './common.js';
import type { RemoteFile } from './event.js';

/** What a colleague wrote in a mirrored thread. */
export interface MirrorReply {
  /** Unique in the channel: the same post may come in two deliveries, and counts once. */
  externalId: string;
  place: string;
  /** What `mirror` gave back for the thread's opening. */
  thread: string;
  by: { externalUserId: string; name?: string };
  /** Light marks, without the prefix of a note. */
  text: string;
  /** Stays inside: it began with the prefix of a note. Otherwise it is for the customer. */
  note: boolean;
  /** As in a message: fetched by `fetchFile` of the same adapter. */
  files: RemoteFile[];
  at: Millis;
}

/** Where colleagues follow a conversation: a place of a channel account that mirrors. */
export interface MirrorPlace {
  channelId: string;
  /** The platform's id of it. */
  place: string;
}

/** A thread of a mirror, by which its replies are found: the account, the place and the thread's name there. */
export interface MirrorThread extends MirrorPlace {
  thread: string;
}

/**
 * A conversation that is posted, message by message, into a thread of a team's channel. `_id` = the conversation's id.
 * Collection `mirrors`. The truth about what was posted; jobs only wake somebody up for it.
 */
export interface Mirror extends MirrorPlace {
  _id: string;
  /** A new one with every start, so that an old thread of the same conversation is never taken for this one. */
  round: string;
  /** Absent until the opening was accepted. */
  thread?: string;
  /** Everything up to this message is in the thread, or is not shown there. */
  upToSeq: number;
  /** `ending`: what there is up to the end is still posted; replies count no more. `failed`: the platform refuses for good. */
  state: 'on' | 'ending' | 'ended' | 'failed';
  /** With `ending`: the last message that is still posted. */
  endSeq?: number;
  /** There may be something to post. */
  behind: boolean;
  /** Raised by every message; `behind` ends only when it stayed the same meanwhile. */
  wakes: number;
  /** Not before: the platform's delay, our backoff, or the lease of whoever posts. */
  nextAt: Millis;
  /** Begun attempts of the next post; above 0 when one may have arrived without our knowing. */
  attempts: number;
  failingSince?: Millis;
  reason?: string;
  /** When the customer's newest message was posted: a reply from before it did not know of it. */
  inShownAt?: Millis;
  startedAt: Millis;
}

/** A colleague's reply on its way into the conversation. `_id` = `channelId:externalId`. Collection `mirrorReplies`. */
export interface KeptReply {
  _id: string;
  channelId: string;
  /** `channelId:place:thread` */
  threadId: string;
  reply: MirrorReply;
  attempts: number;
  nextAt: Millis;
  receivedAt: Millis;
}

/** The thread's name in our store. */
export function mirrorThreadId(thread: MirrorThread): string {
  return `${thread.channelId}:${thread.place}:${thread.thread}`;
}
