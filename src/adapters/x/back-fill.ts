import { AppError } from '../../errors.js';
import type { InboundEvent } from '../../inbox/model/event.js';
import type { InboundSink } from '../contract/abilities.js';
import { asList, asText, field } from '../lib/read-json.js';
import { callX, type XDeps } from './client.js';
import type { XSettings } from './config.js';
import { directMessageEvents } from './direct-messages.js';
import type { Facts } from './facts.js';
import { idOf, revisionOf } from './ids.js';
import { backFillPagesMax } from './limits.js';
import { wordsOf } from './outcome.js';
import { postEvents } from './posts.js';

interface Found {
  id: string;
  events: InboundEvent[];
}

interface How {
  settings: XSettings;
  deps: XDeps;
  facts: Facts;
  since: number;
}

const postFields = {
  max_results: '100', expansions: 'author_id,attachments.media_keys,in_reply_to_user_id', 'user.fields': 'name,username,affiliation',
  'media.fields': 'url,preview_image_url,variants', 'tweet.fields': 'author_id,conversation_id,created_at,edit_history_tweet_ids,entities,in_reply_to_user_id,lang,note_tweet,referenced_tweets,display_text_range',
};

/** Mentions of us and our own posts, as far as X still gives them (about 800 of each), and direct messages of 30 days; oldest first. */
export async function backFill(how: How, sink: InboundSink): Promise<{ found: number; complete: boolean; note?: string }> {
  const start = { start_time: new Date(how.since).toISOString().replace(/\.\d{3}Z$/, 'Z') };
  const user = `/2/users/${how.settings.accountId}`;
  const pages = [await pagesOf(how, `${user}/mentions`, { ...postFields, ...start }), await pagesOf(how, `${user}/tweets`, { ...postFields, ...start })];
  const found = pages.flatMap((list) => list.bodies).flatMap((body) => postsOf(body, how.facts));
  if (how.settings.directMessages) {
    const direct = await pagesOf(how, '/2/dm_events', { max_results: '100', event_types: 'MessageCreate', 'dm_event.fields': 'id,text,event_type,created_at,sender_id,participant_ids,dm_conversation_id,entities', expansions: 'sender_id,participant_ids', 'user.fields': 'name,username,affiliation' });
    pages.push(direct);
    found.push(...direct.bodies.flatMap((body) => directMessagesOf(body, how)));
  }
  found.sort((a, b) => (revisionOf(a.id) < revisionOf(b.id) ? -1 : 1));
  for (const one of found) await sink(one.events);
  const complete = pages.every((list) => list.complete);
  return { found: found.length, complete, ...(complete ? {} : { note: 'X gives only the newest 800 posts; older ones may be missing.' }) };
}

function postsOf(body: unknown, facts: Facts): Found[] {
  return asList(field(body, 'data')).map((post) => ({ id: asText(field(post, 'id')) ?? '', events: postEvents(post, field(body, 'includes'), facts, true) }));
}

/** The API's own form of a direct message, put into that of the webhooks. */
function directMessagesOf(body: unknown, how: How): Found[] {
  const users = field(body, 'includes', 'users');
  return asList(field(body, 'data')).flatMap((event): Found[] => {
    const created = asText(field(event, 'created_at')) ?? '';
    if (Date.parse(created) < how.since) return [];
    const sender = idOf(field(event, 'sender_id'));
    const others = String(field(event, 'dm_conversation_id') ?? '').split('-').filter((id) => id !== sender);
    const message_create = { sender_id: sender, target: { recipient_id: others.length === 1 ? others[0] : undefined }, message_data: { text: field(event, 'text'), entities: field(event, 'entities') } };
    const direct_message_events = [{ type: 'message_create', id: field(event, 'id'), created_timestamp: String(Date.parse(created)), message_create }];
    return [{ id: asText(field(event, 'id')) ?? '', events: directMessageEvents({ direct_message_events, users }, how.facts) }];
  });
}

/** Newest first, as X gives them. Throws `connection_failed` with X's words when it gives none. */
async function pagesOf(how: How, path: string, query: Record<string, string>): Promise<{ bodies: unknown[]; complete: boolean }> {
  const bodies: unknown[] = [];
  let next: string | undefined;
  for (let page = 0; page < backFillPagesMax; page += 1) {
    const answer = await callX(how.deps, how.settings, 'GET', path, { query: { ...query, ...(next === undefined ? {} : { pagination_token: next }) } });
    if (answer.status === 429 && bodies.length > 0) return { bodies, complete: false };
    if (answer.status !== 200) throw new AppError('connection_failed', wordsOf(answer));
    bodies.push(answer.body);
    next = asText(field(answer.body, 'meta', 'next_token'));
    if (next === undefined) return { bodies, complete: true };
  }
  return { bodies, complete: false };
}
