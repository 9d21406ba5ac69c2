import type { InboundEvent, TypingSign } from '../../inbox/model/event.js';
import type { Health } from '../contract.js';
import { asText, field } from '../lib/read-json.js';
import { directMessageEvents, readReceipts, typingSigns } from './direct-messages.js';
import { digestOf, type Facts, ignored } from './facts.js';
import { deletedPost, likeOf, postEvents } from './posts.js';

export interface Parsed {
  events: InboundEvent[];
  typing?: TypingSign[];
  health?: Health;
}

/**
 * One delivery of the X Activity API: `{ data: { event_uuid, event_type, filter, payload, includes } }`. The same post may
 * come as a mention and as a reply, under two uuids: its own id is what counts. Pure, and never throws.
 */
export function parse(body: unknown, facts: Facts): Parsed {
  const event = field(body, 'data');
  const type = asText(field(event, 'event_type'));
  const payload = field(event, 'payload');
  if (type === undefined) return { events: [ignored(facts, { eventId: `body:${digestOf(body)}`, reason: shapeOf(body), native: body })] };
  const uuid = asText(field(event, 'event_uuid'))?.slice(0, 100) ?? digestOf(event);
  const kept = (reason: string): Parsed => ({ events: [ignored(facts, { eventId: `event:${uuid}`, reason, native: event })] });
  if (type === 'oauth.revoke') return { ...kept('the account has taken back our access'), ...(field(payload, 'user_id') === facts.accountId ? { health: { state: 'broken', text: 'The account has taken back our access; connect it again.' } } : {}) };
  const about = asText(field(event, 'filter', 'user_id'));
  if (about !== undefined && about !== facts.accountId) return kept('for another account; two that write to each other are both told');
  const includes = field(event, 'includes');
  switch (type) {
    case 'post.create': case 'post.mention.create': case 'post.reply.create': case 'post.quote.create': return { events: postEvents(payload, includes, facts) };
    case 'post.delete': return { events: [deletedPost(payload, facts)] };
    case 'like.create': case 'like.delete': return { events: [likeOf({ payload, includes, uuid, direction: field(event, 'filter', 'direction'), on: type === 'like.create' }, facts)] };
    case 'dm.received': case 'dm.sent': return { events: directMessageEvents(payload, facts) };
    case 'dm.read': return { events: readReceipts(payload, facts) };
    case 'dm.indicate_typing': return { events: [], typing: typingSigns(payload, facts) };
    case 'chat.received': case 'chat.sent': case 'chat.conversation_join': return kept('an encrypted chat, which only the X app can read');
    default: return kept(`unknown kind ${type.slice(0, 60)}`);
  }
}

function shapeOf(body: unknown): string {
  return field(body, 'for_user_id') === undefined ? 'unknown kind: no event of the X Activity API' : 'sent by the Account Activity API, which X has replaced: subscribe to the X Activity API';
}
