import type { InboundEvent, RemoteFile, TypingSign } from '../../inbox/model/event.js';
import { asList, asText, field } from '../lib/read-json.js';
import { base, digestOf, type Facts, ignored, timeOf } from './facts.js';
import { directMessageId, directThread, idOf } from './ids.js';
import { nameOf } from './media.js';
import { isAutomated, senderOf, userIn } from './people.js';
import { textOfDirectMessage } from './text.js';

/** Unencrypted direct messages; several may stand in one delivery, and one that is not understood loses no other. */
export function directMessageEvents(payload: unknown, facts: Facts): InboundEvent[] {
  const list = asList(field(payload, 'direct_message_events'));
  if (list.length === 0) return [ignored(facts, { eventId: `dm?:${digestOf(payload)}`, reason: 'a direct message event without a message', native: payload })];
  return list.map((event) => directMessage(event, field(payload, 'users'), facts));
}

function directMessage(event: unknown, users: unknown, facts: Facts): InboundEvent {
  const eventId = idOf(field(event, 'id'));
  const from = idOf(field(event, 'message_create', 'sender_id'));
  const to = idOf(field(event, 'message_create', 'target', 'recipient_id'));
  const kept = (reason: string): InboundEvent => ignored(facts, { eventId: eventId === undefined ? `dm?:${digestOf(event)}` : `dm:${eventId}`, reason, native: event });
  if (field(event, 'type') !== 'message_create') return kept(`unknown kind ${String(asText(field(event, 'type'))).slice(0, 60)}`);
  if (eventId === undefined || from === undefined || to === undefined) return kept('a direct message without id, sender or recipient');
  if (!facts.directMessages) return kept('direct messages are switched off for this channel');
  const isOurs = from === facts.accountId;
  if (!isOurs && to !== facts.accountId) return kept('a direct message of another account');
  const customerId = isOurs ? to : from;
  const customer = userIn(users, customerId);
  const data = field(event, 'message_create', 'message_data');
  return {
    ...base(facts, `dm:${eventId}`),
    type: 'message',
    externalId: directMessageId(eventId),
    direction: isOurs ? 'out' : 'in',
    sender: isOurs ? senderOf(from, userIn(users, from)) : senderOf(customerId, customer),
    ...(isOurs ? { recipient: senderOf(customerId, customer) } : {}),
    thread: { key: directThread(customerId), keyIs: 'exact' },
    text: textOfDirectMessage(data),
    ...timeOf(field(event, 'created_timestamp')),
    ...fileOf(data),
    ...(!isOurs && isAutomated(customer) ? { silent: 'an automated account' } : {}),
  };
}

function fileOf(data: unknown): { remoteFiles?: RemoteFile[] } {
  const url = asText(field(data, 'attachment', 'media', 'media_url_https'));
  return url === undefined ? {} : { remoteFiles: [{ name: nameOf(url, 0), source: { url } }] };
}

/** The customer has read everything up to a message of ours. */
export function readReceipts(payload: unknown, facts: Facts): InboundEvent[] {
  const list = asList(field(payload, 'direct_message_mark_read_events'));
  if (list.length === 0) return [ignored(facts, { eventId: `read?:${digestOf(payload)}`, reason: 'a receipt without a message', native: payload })];
  return list.map((event): InboundEvent => {
    const reader = idOf(field(event, 'sender_id'));
    const last = idOf(field(event, 'last_read_event_id'));
    if (reader === undefined || last === undefined) return ignored(facts, { eventId: `read?:${digestOf(event)}`, reason: 'a receipt without reader or message', native: event });
    if (reader === facts.accountId || !facts.directMessages) return ignored(facts, { eventId: `read:${reader}:${last}`, reason: reader === facts.accountId ? 'we read it ourselves' : 'direct messages are switched off for this channel', native: event });
    return { ...base(facts, `read:${reader}:${last}`), type: 'receipt', state: 'read', threadKey: directThread(reader), upToId: directMessageId(last), ...timeOf(field(event, 'created_timestamp')) };
  });
}

export function typingSigns(payload: unknown, facts: Facts): TypingSign[] {
  const writers = asList(field(payload, 'direct_message_indicate_typing_events')).map((event) => idOf(field(event, 'sender_id')));
  return writers
    .filter((writer) => writer !== undefined && writer !== facts.accountId && facts.directMessages)
    .map((writer) => ({ channelId: facts.channelId, threadKey: directThread(String(writer)), on: true }));
}
