import type { ChatPostMessageArguments, ConversationsHistoryArguments, WebClient } from '@slack/web-api';
import { asList, asText, field } from '../lib/read-json.js';
import { isTs } from './ids.js';
import { doubtMs } from './limits.js';
import { type CallEnd, endOf } from './outcome.js';
import type { RenderedPart, Target } from './render.js';

/** One post on its way, with the tag that it carries as metadata. */
export interface Post {
  target: Target;
  part: RenderedPart;
  tag: { eventType: string; id: string; part: number };
  /** 1 for the first. */
  attempt: number;
  /** A ts of Slack's own clock from which on it may stand in the channel. */
  since?: string;
}

export type Posted = { channel: string; ts: string } | CallEnd;

const pagesMax = 3;
const remembered = 5_000;

/**
 * Posts once. Slack has no idempotency key, but a post carries our id: after an attempt that nobody answered, the channel
 * is read, and the message goes out again only when it does not stand there, and still does not a while later.
 */
export class Poster {
  /** How the last attempt of a post ended in this process; a post that is not here is looked for when it is no first attempt. */
  private readonly ends = new Map<string, 'sure' | 'doubtful'>();

  async post(client: WebClient, post: Post): Promise<Posted> {
    const key = `${post.tag.id}:${post.tag.part}`;
    const before = this.ends.get(key);
    if (before === 'doubtful' || (before === undefined && post.attempt > 1)) {
      const seen = await find(client, post);
      if (seen !== 'absent') return this.settled(key, seen);
    }
    try {
      const answer = await client.chat.postMessage(argumentsOf(post));
      this.ends.delete(key);
      return { channel: answer.channel ?? post.target.channel, ts: answer.ts ?? '' };
    } catch (error) {
      const end = endOf(error);
      this.note(key, end.doubtful ? 'doubtful' : 'sure');
      return end.doubtful ? this.afterDoubt(client, post, end) : end;
    }
  }

  private async afterDoubt(client: WebClient, post: Post, end: CallEnd): Promise<Posted> {
    const seen = await find(client, post);
    if (seen !== 'absent') return this.settled(`${post.tag.id}:${post.tag.part}`, seen);
    return { outcome: { result: 'retry', afterMs: doubtMs, reason: `${reasonOf(end)}; it does not stand in the channel` }, doubtful: false };
  }

  private settled(key: string, seen: { channel: string; ts: string } | 'unreadable'): Posted {
    if (seen === 'unreadable') return { outcome: { result: 'unknown', reason: 'Slack gave no answer, and the channel cannot be read to see whether it stands there' }, doubtful: true };
    this.ends.delete(key);
    return seen;
  }

  private note(key: string, end: 'sure' | 'doubtful'): void {
    this.ends.delete(key);
    this.ends.set(key, end);
    for (const oldest of this.ends.keys()) {
      if (this.ends.size <= remembered) break;
      this.ends.delete(oldest);
    }
  }
}

export function reasonOf(end: CallEnd): string {
  return end.outcome.reason;
}

function argumentsOf({ target, part, tag }: Post): ChatPostMessageArguments {
  return {
    channel: target.channel, text: part.text, mrkdwn: true, link_names: false, unfurl_links: false, unfurl_media: true,
    ...(target.threadTs === undefined ? {} : { thread_ts: target.threadTs }),
    ...(part.blocks === undefined ? {} : { blocks: part.blocks as never[] }),
    metadata: { event_type: tag.eventType, event_payload: { id: tag.id, part: tag.part } },
  } as ChatPostMessageArguments;
}

/** Reads the thread, or the newest of the channel, for a post with this tag. */
async function find(client: WebClient, { target, tag, since }: Post): Promise<{ channel: string; ts: string } | 'absent' | 'unreadable'> {
  const range: ConversationsHistoryArguments = { channel: target.channel, limit: 200, include_all_metadata: true, inclusive: true, ...(since === undefined ? {} : { oldest: since }) };
  try {
    let cursor: string | undefined;
    for (let page = 0; page < pagesMax; page += 1) {
      const from = cursor === undefined ? range : { ...range, cursor };
      const answer = target.threadTs === undefined ? await client.conversations.history(from) : await client.conversations.replies({ ...from, ts: target.threadTs });
      const found = asList(answer.messages).find((message) => isTagged(message, tag));
      const ts = asText(field(found, 'ts'));
      if (isTs(ts)) return { channel: target.channel, ts };
      cursor = answer.response_metadata?.next_cursor;
      if (answer.has_more !== true || cursor === undefined || cursor === '') return 'absent';
    }
    return 'unreadable';
  } catch (error) {
    endOf(error);
    return 'unreadable';
  }
}

function isTagged(message: unknown, tag: Post['tag']): boolean {
  const metadata = field(message, 'metadata');
  return field(metadata, 'event_type') === tag.eventType && field(metadata, 'event_payload', 'id') === tag.id && Number(field(metadata, 'event_payload', 'part')) === tag.part;
}
