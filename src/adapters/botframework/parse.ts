import type { Json } from '../../inbox/model/common.js';
import type { InboundEvent, Sender, TypingSign } from '../../inbox/model/event.js';
import { asList, asObject, asText, field } from '../lib/read-json.js';
import { activityKey, eventIdOf, scopeText } from './ids.js';
import { filesOf } from './parse-files.js';
import { textOf } from './parse-text.js';

export interface ParseContext {
  channelId: string;
  receivedAt: number;
}

export interface Parsed {
  events: InboundEvent[];
  typing: TypingSign[];
}

/** What an answer needs: where the conversation is, and who speaks in it. */
export interface BotHandle {
  serviceUrl: string;
  channelId: string;
  conversation: { id: string; isGroup: boolean; tenantId?: string };
  bot: { id: string; name: string };
  user: { id: string; name: string };
  locale?: string;
  [key: string]: Json | undefined;
}

/** One activity while it is read. */
export interface Reading {
  activity: unknown;
  context: ParseContext;
  channel: string;
  conversation: string;
  id: string | undefined;
  sender: Sender;
}

const unused = new Set([
  'conversationUpdate', 'contactRelationUpdate', 'installationUpdate', 'endOfConversation', 'invoke', 'deleteUserData', 'handoff', 'trace', 'suggestion', 'command', 'commandResult', 'ping',
]);
const emojis: Readonly<Record<string, string>> = { like: '👍', heart: '❤️', laugh: '😆', surprised: '😮', sad: '😢', angry: '😡' };

/** One activity as what it tells. Pure; what is not understood becomes `ignored` with its source. */
export function parse(activity: unknown, context: ParseContext): Parsed {
  const type = asText(field(activity, 'type'));
  const conversation = asText(field(activity, 'conversation', 'id'));
  const sender = senderOf(activity);
  const id = asText(field(activity, 'id'));
  if (type === undefined || conversation === undefined) return { events: [ignored(activity, context, { eventId: eventIdOf('?', '?', { id, raw: activity }), reason: 'an activity without a type or a conversation' })], typing: [] };
  const eventId = eventIdOf(type.slice(0, 60), conversation, { id, raw: activity });
  if (type === 'typing') return { events: [], typing: [{ channelId: context.channelId, threadKey: conversation, on: true }] };
  if (unused.has(type)) return only({ ...base(context, eventId), type: 'ignored', reason: `${type}: not a message` });
  if (type === 'event') return only(parseEvent(activity, { conversation, eventId, context }));
  if (sender === undefined) return only(ignored(activity, context, { eventId, reason: `${type.slice(0, 60)} from nobody` }));
  const reading: Reading = { activity, context, channel: asText(field(activity, 'channelId')) ?? '', conversation, id, sender };
  if (type === 'message') return only(parseMessage(reading, eventId));
  if (type === 'messageUpdate') return only(parseUpdate(reading));
  if (type === 'messageDelete') return only(parseDelete(reading));
  if (type === 'messageReaction') return { events: parseReactions(reading, eventId), typing: [] };
  return only(ignored(activity, context, { eventId, reason: `unknown kind ${type.slice(0, 60)}` }));
}

function parseMessage(reading: Reading, eventId: string): InboundEvent {
  const { activity, context, conversation, sender, id } = reading;
  // Direct Line's clients send a message again, under another id, when they saw no answer; their own id stays.
  const clientId = asText(field(activity, 'channelData', 'clientActivityID')) ?? asText(field(activity, 'channelData', 'clientActivityId'));
  const given = clientId ?? id;
  if (given === undefined) return ignored(activity, context, { eventId, reason: 'a message without an id' });
  const files = filesOf(activity);
  const role = asText(field(activity, 'from', 'role'));
  return {
    ...base(context, eventId), ...timed(activity), type: 'message', externalId: activityKey(conversation, given), direction: 'in', sender,
    thread: { key: conversation, keyIs: 'exact', ...subjectOf(activity), handle: handleOf(reading) },
    text: textOf(activity), ...(files.length === 0 ? {} : { remoteFiles: files }),
    ...(clientId !== undefined && id !== undefined ? { otherIds: [activityKey(conversation, id)] } : {}),
    ...(role === 'bot' || role === 'skill' ? { silent: 'written by a bot' } : {}),
  };
}

function parseUpdate(reading: Reading): InboundEvent {
  const { activity, context, conversation, id } = reading;
  const revision = asText(field(activity, 'timestamp'));
  const eventId = `messageUpdate:${conversation}:${id ?? '?'}:${revision ?? '?'}`;
  if (id === undefined || revision === undefined) return ignored(activity, context, { eventId, reason: 'a change without an id or a time' });
  return { ...base(context, eventId), ...timed(activity), type: 'edit', target: activityKey(conversation, id), threadKey: conversation, revision, text: textOf(activity) };
}

function parseDelete(reading: Reading): InboundEvent {
  const { activity, context, conversation, id } = reading;
  const eventId = `messageDelete:${conversation}:${id ?? '?'}:${asText(field(activity, 'timestamp')) ?? ''}`;
  if (id === undefined) return ignored(activity, context, { eventId, reason: 'a deletion without an id' });
  return { ...base(context, eventId), ...timed(activity), type: 'delete', target: activityKey(conversation, id), threadKey: conversation, by: 'author' };
}

function parseReactions(reading: Reading, eventId: string): InboundEvent[] {
  const { activity, context, conversation, sender } = reading;
  const replyTo = asText(field(activity, 'replyToId'));
  const told = (['reactionsAdded', 'reactionsRemoved'] as const).flatMap((list) => asList(field(activity, list)).map((reaction) => ({ op: list === 'reactionsAdded' ? 'add' as const : 'remove' as const, name: asText(field(reaction, 'type')) })));
  if (replyTo === undefined || told.length === 0) return [ignored(activity, context, { eventId, reason: 'a reaction to nothing' })];
  return told.map(({ op, name = 'unknown' }, index) => ({
    ...base(context, `${eventId}:${index}`), ...timed(activity), type: 'reaction', op, target: activityKey(conversation, replyTo), threadKey: conversation,
    emoji: emojis[name] ?? `:${name.slice(0, 60)}:`, by: sender,
  }));
}

function parseEvent(activity: unknown, about: { conversation: string; eventId: string; context: ParseContext }): InboundEvent {
  const name = asText(field(activity, 'name')) ?? '';
  const upTo = asText(field(activity, 'value', 'lastReadMessageId'));
  if (name === 'application/vnd.microsoft.readReceipt' && upTo !== undefined) {
    return { ...base(about.context, `read:${about.conversation}:${upTo}`), ...timed(activity), type: 'receipt', state: 'read', threadKey: about.conversation, upToId: activityKey(about.conversation, upTo) };
  }
  return { ...base(about.context, about.eventId), type: 'ignored', reason: `event ${name.slice(0, 80)}: not a message` };
}

/** Teams: the directory's id in its tenant. Chats whose client names its user itself: only in that one conversation. */
function senderOf(activity: unknown): Sender | undefined {
  const id = asText(field(activity, 'from', 'id'));
  if (id === undefined || id === '') return undefined;
  const channel = asText(field(activity, 'channelId')) ?? 'unknown';
  const name = asText(field(activity, 'from', 'name'));
  const locale = asText(field(activity, 'locale'));
  const common = { kind: 'botframework' as const, proof: 'channel' as const, aliases: [], ...(name === undefined || name === '' ? {} : { displayName: name.slice(0, 200) }), ...(locale === undefined || !/^[a-z]{2,3}(?:-\w{1,8}){0,2}$/iu.test(locale) ? {} : { language: locale.slice(0, 12) }) };
  if (channel === 'msteams') {
    const tenant = asText(field(activity, 'channelData', 'tenant', 'id')) ?? asText(field(activity, 'conversation', 'tenantId')) ?? 'unknown';
    return { ...common, scope: scopeText(tenant), externalUserId: asText(field(activity, 'from', 'aadObjectId')) ?? id };
  }
  const isOwnChoice = (channel === 'webchat' || channel === 'directline' || channel === 'emulator') && !id.startsWith('dl_');
  return { ...common, scope: scopeText(isOwnChoice ? `${channel}.${asText(field(activity, 'conversation', 'id')) ?? ''}` : channel), externalUserId: id };
}

function handleOf({ activity, conversation, channel }: Reading): Json {
  const tenantId = asText(field(activity, 'conversation', 'tenantId')) ?? asText(field(activity, 'channelData', 'tenant', 'id'));
  const locale = asText(field(activity, 'locale'));
  const account = (who: unknown): { id: string; name: string } => ({ id: asText(field(who, 'id')) ?? '', name: asText(field(who, 'name')) ?? '' });
  return {
    serviceUrl: asText(field(activity, 'serviceUrl')) ?? '', channelId: channel,
    conversation: { id: conversation, isGroup: field(activity, 'conversation', 'isGroup') === true || field(activity, 'conversation', 'conversationType') === 'channel', ...(tenantId === undefined ? {} : { tenantId }) },
    bot: account(field(activity, 'recipient')), user: account(field(activity, 'from')), ...(locale === undefined ? {} : { locale }),
  };
}

function subjectOf(activity: unknown): { subject?: string } {
  const names = [field(activity, 'channelData', 'team', 'name'), field(activity, 'channelData', 'channel', 'name') ?? field(activity, 'conversation', 'name')].flatMap((name) => asText(name) ?? []);
  return names.length === 0 ? {} : { subject: names.join(' › ').slice(0, 200) };
}

function base(context: ParseContext, eventId: string): { channelId: string; eventId: string; receivedAt: number; verifiedBy: 'signature' } {
  return { channelId: context.channelId, eventId, receivedAt: context.receivedAt, verifiedBy: 'signature' };
}

function timed(activity: unknown): { occurredAt?: number } {
  const at = Date.parse(asText(field(activity, 'timestamp')) ?? '');
  return Number.isNaN(at) ? {} : { occurredAt: at };
}

function only(event: InboundEvent): Parsed {
  return { events: [event], typing: [] };
}

function ignored(activity: unknown, context: ParseContext, facts: { eventId: string; reason: string }): InboundEvent {
  const native = asObject(activity);
  return { ...base(context, facts.eventId), type: 'ignored', reason: facts.reason, ...(native === undefined ? {} : { native: native as Json }) };
}
