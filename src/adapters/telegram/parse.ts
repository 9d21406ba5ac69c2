import type { InboundEvent, ReactionEvent } from '../../inbox/model/event.js';
import { asList, asNumber, asObject, asText, field } from '../lib/read-json.js';
import { baseOf, ignored, type Native, type ParseFacts } from './facts.js';
import { messageId, threadKey } from './ids.js';
import { parseEdit, parseMessage } from './parse-message.js';
import { senderOf, senderOfChat } from './people.js';

type Reader = (payload: Native, eventId: string, facts: ParseFacts & { updateId: number }) => InboundEvent[];

const unused = (why: string): Reader => (payload, eventId, facts) => [ignored(baseOf(facts, eventId, asNumber(payload['date'])), why)];

/** Every kind of update there is, and what becomes of it. https://core.telegram.org/bots/api#update */
const readers: Readonly<Record<string, Reader>> = {
  message: parseMessage,
  business_message: parseMessage,
  edited_message: (payload, eventId, facts) => [parseEdit(payload, eventId, facts)],
  edited_business_message: (payload, eventId, facts) => [parseEdit(payload, eventId, facts)],
  deleted_business_messages: parseDeletes,
  message_reaction: parseReaction,
  my_chat_member: parseMembership,
  business_connection: (payload, eventId, facts) => [ignored(baseOf(facts, eventId, asNumber(payload['date'])), `business account ${payload['is_enabled'] === true ? 'connected' : 'disconnected'}`, payload)],
  channel_post: unused('a post of a channel; what people say to it comes from its group'),
  edited_channel_post: unused('a post of a channel was changed'),
  message_reaction_count: unused('anonymous reactions are not used'),
  chat_member: unused('somebody’s rights in a group'),
  ...Object.fromEntries(['inline_query', 'chosen_inline_result', 'callback_query', 'shipping_query', 'pre_checkout_query', 'purchased_paid_media', 'poll', 'poll_answer', 'chat_join_request', 'chat_boost', 'removed_chat_boost', 'managed_bot', 'subscription', 'guest_message', 'stopped_message_generation'].map((kind) => [kind, unused(`${kind} is not used`)])),
};

/** Pure: one update as events, usually one; `undefined` when it is no update at all (no `update_id`). Never throws. */
export function parse(update: unknown, facts: ParseFacts): InboundEvent[] | undefined {
  const body = asObject(update);
  const updateId = asNumber(body?.['update_id']);
  if (body === undefined || updateId === undefined) return undefined;
  const kind = Object.keys(body).find((key) => key !== 'update_id') ?? 'nothing';
  const payload = asObject(body[kind]);
  // After a quiet week Telegram begins anew at any number: the message's own id keeps two updates apart.
  const eventId = `${updateId}/${kind.slice(0, 40)}${suffix(payload)}`;
  const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (reader === undefined || payload === undefined) return [ignored(baseOf(facts, eventId), `unknown kind ${kind.slice(0, 60)}`, update)];
  return reader(payload, eventId, { ...facts, updateId });
}

function suffix(payload: Native | undefined): string {
  const chat = asNumber(asObject(payload?.['chat'])?.['id']);
  const message = asNumber(payload?.['message_id']);
  return `${chat === undefined ? '' : `/${chat}`}${message === undefined ? '' : `/${message}`}`;
}

const deletesMax = 1_000;

function parseDeletes(payload: Native, eventId: string, facts: ParseFacts): InboundEvent[] {
  const chat = asNumber(field(payload, 'chat', 'id'));
  const connection = asText(payload['business_connection_id']);
  const ids = asList(payload['message_ids']).map(asNumber).filter((id) => id !== undefined).slice(0, deletesMax);
  if (chat === undefined || connection === undefined || ids.length === 0) return [ignored(baseOf(facts, eventId), 'deleted messages without their ids', payload)];
  const place = { chat, connection };
  return ids.map((id) => ({ ...baseOf(facts, `${eventId}/${id}`), type: 'delete', target: messageId(place, id), threadKey: threadKey(place), by: 'author' }));
}

/** The update carries all reactions that this person has there now: the first replaces whatever we knew, further ones join it. */
function parseReaction(payload: Native, eventId: string, facts: ParseFacts): InboundEvent[] {
  const base = baseOf(facts, eventId, asNumber(payload['date']));
  const chat = asNumber(field(payload, 'chat', 'id'));
  const message = asNumber(payload['message_id']);
  const by = senderOf(payload['user']) ?? senderOfChat(payload['actor_chat']);
  if (chat === undefined || message === undefined || by === undefined) return [ignored(base, 'a reaction without its message or person', payload)];
  const common = { ...base, type: 'reaction' as const, target: messageId({ chat }, message), threadKey: threadKey({ chat }), by };
  const [first, ...more] = asList(payload['new_reaction']).slice(0, 10).map(emojiOf);
  const events: ReactionEvent[] = [{ ...common, op: 'set', ...(first === undefined ? {} : { emoji: first }) }];
  return [...events, ...more.map((emoji, index): ReactionEvent => ({ ...common, eventId: `${eventId}/${index + 1}`, op: 'add', emoji }))];
}

function emojiOf(reaction: unknown): string {
  const type = asText(field(reaction, 'type'));
  if (type === 'emoji') return asText(field(reaction, 'emoji')) ?? '👍';
  return type === 'paid' ? '⭐' : ':custom:';
}

const gone = new Set(['kicked', 'left']);

/** The bot was blocked or let back in, by a person or in a group. */
function parseMembership(payload: Native, eventId: string, facts: ParseFacts): InboundEvent[] {
  const base = baseOf(facts, eventId, asNumber(payload['date']));
  const chat = asNumber(field(payload, 'chat', 'id'));
  const before = asText(field(payload, 'old_chat_member', 'status'));
  const after = asText(field(payload, 'new_chat_member', 'status'));
  if (chat === undefined || before === undefined || after === undefined) return [ignored(base, 'a membership without its chat', payload)];
  if (gone.has(before) === gone.has(after)) return [ignored(base, `the bot is ${after} now`)];
  const person = field(payload, 'chat', 'type') === 'private';
  const change = gone.has(after)
    ? { op: 'opt_out' as const, reason: person ? 'blocked the bot' : 'the bot was removed from the group' }
    : { op: 'opt_in' as const, reason: person ? 'lets the bot write again' : 'the bot is in the group again' };
  return [{ ...base, type: 'thread', threadKey: threadKey({ chat }), change }];
}
