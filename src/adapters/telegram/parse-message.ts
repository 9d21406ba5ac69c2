import type { Audience, Json } from '../../inbox/model/common.js';
import type { EditEvent, IgnoredEvent, InboundEvent, MessageEvent, Sender, ThreadHints } from '../../inbox/model/event.js';
import { asNumber, asObject, asText, field } from '../lib/read-json.js';
import { contentOf } from './content.js';
import { baseOf, ignored, placeOf, type Native, type ParseFacts } from './facts.js';
import { messageId, threadKey, type Place } from './ids.js';
import { isColleague, ownPhone, senderOf, senderOfChat } from './people.js';
import { serviceLine } from './service.js';

/** A new message of a chat, or of a business account's chat. Pure. */
export function parseMessage(message: Native, eventId: string, facts: ParseFacts): InboundEvent[] {
  const base = baseOf(facts, eventId, asNumber(message['date']));
  const at = placeOf(message);
  if (at === undefined) return [ignored(base, 'a message without a chat', message)];
  const moved = moveOf(message, at.place.chat);
  if (moved !== undefined) return [{ ...base, eventId: `moved/${moved.from}/${moved.to}`, type: 'thread', threadKey: threadKey({ chat: moved.from }), change: { op: 'rekey', to: threadKey({ chat: moved.to }), reason: 'Telegram made the group a supergroup' } }];
  const author = authorOf(message, facts);
  if (author === undefined) return [ignored(base, 'a message without a sender', message)];
  const service = serviceLine(message);
  const content = service === undefined ? contentOf(message) : { text: service.text, files: [] };
  const event: MessageEvent = {
    ...base, ...author, type: 'message', externalId: messageId(at.place, at.id), thread: threadOf(message, at.place), text: content.text,
    ...(content.quoted === undefined ? {} : { quoted: content.quoted }),
    ...(content.files.length === 0 ? {} : { remoteFiles: content.files }),
    ...(content.wordless === undefined ? {} : { unreadable: `Telegram shows this only in its own app: ${content.wordless}`, native: message as Json }),
    ...(message['is_from_offline'] === true ? { auto: ['sent by Telegram: greeting, away or scheduled message'] } : {}),
    ...(service === undefined ? {} : { silent: `line of the platform: ${service.kind}` }),
  };
  return [event];
}

/** The message as it reads after a change; only what the event needs. */
export function parseEdit(message: Native, eventId: string, facts: ParseFacts & { updateId: number }): EditEvent | IgnoredEvent {
  const changedAt = asNumber(message['edit_date']) ?? asNumber(message['date']);
  const base = baseOf(facts, eventId, changedAt);
  const at = placeOf(message);
  if (at === undefined) return ignored(base, 'an edit without a chat', message);
  // Two edits within a second differ by their update's number; both sort as text.
  const revision = `${String(changedAt ?? 0).padStart(12, '0')}-${String(facts.updateId).padStart(12, '0')}`;
  return { ...base, type: 'edit', target: messageId(at.place, at.id), threadKey: threadKey(at.place), revision, text: contentOf(message).text };
}

/** Both halves of a move tell it, the old group and the new one: one event, under one id. */
function moveOf(message: Native, chat: number): { from: number; to: number } | undefined {
  const to = asNumber(message['migrate_to_chat_id']);
  if (to !== undefined) return { from: chat, to };
  const from = asNumber(message['migrate_from_chat_id']);
  return from === undefined ? undefined : { from, to: chat };
}

type Authored = Pick<MessageEvent, 'direction' | 'sender' | 'recipient' | 'silent'>;

function authorOf(message: Native, facts: ParseFacts): Authored | undefined {
  const from = asObject(message['from']);
  if (message['business_connection_id'] !== undefined) return businessAuthor(message, from);
  const asChat = asObject(message['sender_chat']);
  if (asChat !== undefined) return chatAuthor(message, asChat);
  const sender = senderOf(from);
  if (from === undefined || sender === undefined) return undefined;
  if (asNumber(from['id']) === facts.botId || isColleague(from, facts.colleagues)) return { direction: 'out', sender, ...answered(message, facts) };
  const phone = ownPhone(message['contact'], sender.externalUserId);
  const known = phone.length === 0 ? sender : { ...sender, aliases: [...sender.aliases, ...phone] };
  return { direction: 'in', sender: known, ...(from['is_bot'] === true ? { silent: 'written by a bot' } : {}) };
}

/** In a business account's chat whoever is not the chat's partner is the account: its owner, or a bot in the owner's name. */
function businessAuthor(message: Native, from: Native | undefined): Authored | undefined {
  const partner = senderOfChat(message['chat']);
  const sender = senderOf(from);
  if (partner === undefined || sender === undefined) return undefined;
  if (sender.externalUserId !== partner.externalUserId) return { direction: 'out', sender, recipient: partner };
  return { direction: 'in', sender: { ...sender, aliases: [...sender.aliases, ...ownPhone(message['contact'], sender.externalUserId)] } };
}

/** Somebody writes in the name of a group or channel. */
function chatAuthor(message: Native, chat: Native): Authored | undefined {
  const sender = senderOfChat(chat);
  if (sender === undefined) return undefined;
  if (message['is_automatic_forward'] === true) return { direction: 'in', sender, silent: 'a post of the channel this group belongs to' };
  const admin = asNumber(chat['id']) === asNumber(field(message, 'chat', 'id'));
  return { direction: 'in', sender, ...(admin ? { silent: 'written by an anonymous administrator of the group' } : {}) };
}

/** Whom an answer in a group went to: the one it quotes, else whoever the conversation belongs to. */
function answered(message: Native, facts: ParseFacts): { recipient?: Sender } {
  // In a topic every message "answers" the line that opened it.
  const opening = field(message, 'reply_to_message', 'forum_topic_created') !== undefined;
  const asked = opening ? undefined : asObject(field(message, 'reply_to_message', 'from'));
  const recipient = asked === undefined || asked['is_bot'] === true || isColleague(asked, facts.colleagues) ? undefined : senderOf(asked);
  return recipient === undefined ? {} : { recipient };
}

function threadOf(message: Native, place: Place): ThreadHints {
  const chat = asObject(message['chat']) ?? {};
  const replied = asNumber(field(message, 'reply_to_message', 'message_id'));
  const subject = subjectOf(message, chat);
  const audience = audienceOf(chat);
  return {
    key: threadKey(place), keyIs: 'exact',
    ...(replied === undefined || replied === place.topic?.id ? {} : { repliesTo: [messageId(place, replied)] }),
    ...(subject === undefined ? {} : { subject }),
    ...(audience === undefined ? {} : { audience }),
  };
}

function subjectOf(message: Native, chat: Native): string | undefined {
  const topic = asText(field(message, 'reply_to_message', 'forum_topic_created', 'name')) ?? asText(field(message, 'forum_topic_created', 'name'));
  const title = asText(chat['title']);
  const subject = topic === undefined ? title : [title, topic].filter((part) => part !== undefined).join(' › ');
  return subject?.slice(0, 300);
}

/** A group with a name (`t.me/…`) can be read by anybody; in one without, its members read along. */
function audienceOf(chat: Native): Audience | undefined {
  if (chat['type'] !== 'group' && chat['type'] !== 'supergroup') return undefined;
  if (chat['is_direct_messages'] === true) return undefined;
  return asText(chat['username']) === undefined ? 'private' : 'public';
}
