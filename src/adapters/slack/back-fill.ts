import type { WebClient } from '@slack/web-api';
import type { InboundEvent } from '../../inbox/model/event.js';
import type { InboundSink } from '../contract/abilities.js';
import { asList, asNumber, asText, field } from '../lib/read-json.js';
import type { ParseFacts } from './envelope.js';
import { isChannel, isTs } from './ids.js';
import { wordsOf } from './outcome.js';
import { parse } from './parse.js';

export interface BackFillUse {
  client: WebClient;
  facts: ParseFacts;
  sink: InboundSink;
}

const note = 'Posts only: edits, deletions and reactions of that time are not told, nor are answers in threads that began before it.';
const callsMax = 400;
const longestWaitS = 30;

/**
 * Reads every direct message and channel since then, threads included. Apps that are sold outside Slack's marketplace may
 * read 15 posts a minute; then it ends early and says so.
 */
export async function backFill(sinceMs: number, use: BackFillUse): Promise<{ found: number; complete: boolean; note?: string }> {
  const reader = new Reader(use, (sinceMs / 1_000).toFixed(6));
  try {
    const who = await use.client.auth.test();
    reader.installed({ teamId: who.team_id, userId: who.user_id });
    for (const place of await reader.places()) await reader.readPlace(place);
    return { found: reader.found, complete: false, note };
  } catch (error) {
    return { found: reader.found, complete: false, note: `Stopped early: ${error instanceof Enough ? error.message : wordsOf(error)}. ${note}` };
  }
}

class Enough extends Error {}

interface Place {
  id: string;
  type: 'im' | 'mpim' | 'channel';
}

class Reader {
  found = 0;
  private calls = 0;
  private readonly shared: Record<string, unknown> = {};

  constructor(private readonly use: BackFillUse, private readonly oldest: string) {}

  installed(as: { teamId: string | undefined; userId: string | undefined }): void {
    this.shared['authorizations'] = [{ team_id: as.teamId, user_id: as.userId, is_bot: true }];
    this.shared['team_id'] = as.teamId;
  }

  async places(): Promise<Place[]> {
    const places: Place[] = [];
    for await (const channel of this.pages('channels', (cursor) => this.use.client.users.conversations({ types: 'im,mpim,private_channel,public_channel', limit: 200, exclude_archived: true, ...cursor }))) {
      const id = asText(field(channel, 'id'));
      if (isChannel(id)) places.push({ id, type: field(channel, 'is_im') === true ? 'im' : field(channel, 'is_mpim') === true ? 'mpim' : 'channel' });
    }
    return places;
  }

  async readPlace(place: Place): Promise<void> {
    const posts: unknown[] = [];
    for await (const post of this.pages('messages', (cursor) => this.use.client.conversations.history({ channel: place.id, oldest: this.oldest, limit: 200, include_all_metadata: true, ...cursor }))) posts.push(post);
    for (const post of posts.reverse()) {
      await this.tell(place, post);
      const ts = asText(field(post, 'ts'));
      if (isTs(ts) && (asNumber(field(post, 'reply_count')) ?? 0) > 0) await this.readThread(place, ts);
    }
  }

  private async readThread(place: Place, ts: string): Promise<void> {
    for await (const post of this.pages('messages', (cursor) => this.use.client.conversations.replies({ channel: place.id, ts, oldest: this.oldest, limit: 200, include_all_metadata: true, ...cursor }))) {
      if (asText(field(post, 'ts')) !== ts) await this.tell(place, post);
    }
  }

  private async tell(place: Place, post: unknown): Promise<void> {
    const ts = asText(field(post, 'ts'));
    if (!isTs(ts) || typeof post !== 'object' || post === null) return;
    const body = { ...this.shared, type: 'event_callback', event_id: `history:${place.id}:${ts}`, event: { ...post, type: 'message', channel: place.id, channel_type: place.type } };
    const events: InboundEvent[] = parse(body, this.use.facts).filter((event) => event.type === 'message' || isMirror(event));
    if (events.length > 0) await this.use.sink(events);
    this.found += events.length;
  }

  private async *pages(list: 'channels' | 'messages', read: (cursor: { cursor?: string }) => Promise<unknown>): AsyncGenerator {
    for (let cursor: string | undefined, first = true; first || (cursor !== undefined && cursor !== ''); first = false) {
      const answer = await this.patiently(() => read(cursor === undefined ? {} : { cursor }));
      yield* asList(field(answer, list));
      cursor = asText(field(answer, 'response_metadata', 'next_cursor'));
    }
  }

  /** Waits where Slack asks for it, once and not for long. */
  private async patiently(call: () => Promise<unknown>): Promise<unknown> {
    this.calls += 1;
    if (this.calls > callsMax) throw new Enough(`more than ${callsMax} requests`);
    try {
      return await call();
    } catch (error) {
      const seconds = asNumber(field(error, 'retryAfter'));
      if (seconds === undefined || seconds > longestWaitS) throw error;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
      return call();
    }
  }
}

function isMirror(event: InboundEvent): boolean {
  return event.type === 'ignored' && field(event.native, 'mirror') !== undefined;
}
