import type { InboundEvent, MessageEvent, Sender } from '../../inbox/model/event.js';
import { asList, asText, field } from '../lib/read-json.js';
import { type Envelope, ignored, isColleague, isOurs, senderOf } from './envelope.js';
import { isChannel, isTs, messageId, millisOf, threadKey } from './ids.js';
import { messageEventType } from './limits.js';
import { mirroredEvent } from './mirrored.js';
import { readMrkdwn } from './mrkdwn.js';
import { parseChange, parseDelete } from './parse-change.js';
import { filesOf } from './parse-files.js';

/** Subtypes that somebody wrote; everything else is a line of the system. https://docs.slack.dev/reference/events/message */
const written: ReadonlySet<string | undefined> = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message', 'bot_message']);

/** `message` of every subtype, and `app_mention`: one post may come as both, with the same ts, and has one id. */
export function parseMessage(envelope: Envelope): InboundEvent {
  const { event, facts } = envelope;
  const channel = asText(event['channel']);
  const subtype = asText(event['subtype']);
  if (!isChannel(channel)) return ignored(envelope, 'a message without a channel', envelope.body);
  if (facts.channels.size > 0 && !facts.channels.has(channel) && !facts.mirrorChannels.has(channel) && !isDirect(event, channel)) return ignored(envelope, `not one of the channels that were chosen: ${channel}`);
  if (subtype === 'message_changed') return parseChange(envelope, channel);
  if (subtype === 'message_deleted') return parseDelete(envelope, channel);
  if (!written.has(subtype)) return ignored(envelope, `line of the system: ${(subtype ?? '').slice(0, 80)}`);
  const ts = asText(event['ts']);
  if (!isTs(ts)) return ignored(envelope, 'a message without a ts', envelope.body);
  if (facts.mirrorChannels.has(channel)) return mirroredEvent(envelope, { channel, ts });
  return postEvent(envelope, { channel, ts });
}

/** A direct message or a group of them; `app_mention` does not say, but direct messages have ids with a D. */
export function isDirect(post: Record<string, unknown>, channel: string): boolean {
  const type = asText(post['channel_type']);
  return type === 'im' || type === 'mpim' || channel.startsWith('D');
}

function postEvent(envelope: Envelope, at: { channel: string; ts: string }): InboundEvent {
  const { event } = envelope;
  const who = writerOf(envelope);
  if (who === undefined) return ignored(envelope, 'a message without an author', envelope.body);
  const thread = threadOf(event, at);
  const ours = isOurs(envelope, event);
  const out = ours || (!isOneToOne(event, at.channel) && isColleague(envelope, who.externalUserId, event));
  const files = filesOf(event);
  const echoOf = ours ? echoOfPost(envelope, files.ids) : undefined;
  if (out && thread.isNew && echoOf === undefined) return ignored(envelope, 'our side’s own post in a channel, which answers nobody');
  const silent = ours ? undefined : silentOf(event, who.externalUserId);
  const recipient = out ? recipientOf(envelope, thread.parent) : undefined;
  return {
    ...envelope.base, type: 'message', externalId: messageId(at.channel, at.ts), direction: out ? 'out' : 'in', sender: who, occurredAt: millisOf(at.ts),
    thread: { key: thread.key, keyIs: 'exact', handle: thread.handle },
    text: [readMrkdwn(textOf(event), envelope.names), ...files.links].filter((text) => text !== '').join('\n'),
    ...(recipient === undefined ? {} : { recipient }),
    ...(files.remote.length === 0 ? {} : { remoteFiles: files.remote }),
    ...(ours && files.ids.length > 0 ? { otherIds: files.ids } : {}),
    ...(echoOf === undefined ? {} : { echoOf }),
    ...(silent === undefined ? {} : { silent }),
  };
}

function echoOfPost(envelope: Envelope, files: readonly string[]): string | undefined {
  const tag = field(envelope.event, 'metadata');
  if (asText(field(tag, 'event_type')) === messageEventType) return asText(field(tag, 'event_payload', 'id'));
  return files.map(envelope.facts.messageOfFile).find((id) => id !== undefined);
}

function writerOf(envelope: Envelope): Sender | undefined {
  const { event } = envelope;
  const botId = asText(event['bot_id']);
  const userId = asText(event['user']) ?? botId;
  if (userId === undefined || !/^[A-Z0-9]{1,24}$/u.test(userId)) return undefined;
  const profile = asText(field(event, 'user_profile', 'display_name')) || asText(field(event, 'user_profile', 'real_name'));
  const bot = botId === undefined ? undefined : asText(event['username']) ?? asText(field(event, 'bot_profile', 'name'));
  return senderOf(envelope, userId, profile ?? bot);
}

function silentOf(event: Record<string, unknown>, userId: string): string | undefined {
  if (userId === 'USLACK' || userId === 'USLACKBOT') return 'Slack itself wrote this';
  return asText(event['bot_id']) === undefined && event['subtype'] !== 'bot_message' ? undefined : 'a bot wrote this';
}

function isOneToOne(event: Record<string, unknown>, channel: string): boolean {
  return asText(event['channel_type']) === 'im' || channel.startsWith('D');
}

/** A direct message is one conversation, also when somebody answers in a thread there; in a channel each thread is one. */
function threadOf(event: Record<string, unknown>, at: { channel: string; ts: string }): { key: string; handle: MessageEvent['thread']['handle'] & object; isNew: boolean; parent: string | undefined } {
  const given = asText(event['thread_ts']);
  const root = isTs(given) ? given : undefined;
  const parent = asText(event['parent_user_id']);
  if (isDirect(event, at.channel)) return { key: threadKey(at.channel), handle: { channel: at.channel, ...(root === undefined ? {} : { threadTs: root }) }, isNew: false, parent };
  return { key: threadKey(at.channel, root ?? at.ts), handle: { channel: at.channel, threadTs: root ?? at.ts }, isNew: root === undefined || root === at.ts, parent };
}

/** Whose thread a colleague answered in; of our own posts and threads the inbox knows it better. */
function recipientOf(envelope: Envelope, parent: string | undefined): Sender | undefined {
  if (parent === undefined || parent === envelope.ownUserId || envelope.facts.colleagues.has(parent) || envelope.facts.ownWorkspaceIsUs) return undefined;
  return senderOf(envelope, parent);
}

/** What bots put into attachments and blocks instead of the text. */
function textOf(event: Record<string, unknown>): string {
  const text = asText(event['text']) ?? '';
  if (text !== '') return text;
  const attached = asList(event['attachments']).map((attachment) => asText(field(attachment, 'text')) ?? asText(field(attachment, 'fallback')) ?? '');
  const blocks = asList(event['blocks']).map((block) => asText(field(block, 'text', 'text')) ?? '');
  return [...blocks, ...attached].filter((piece) => piece !== '').join('\n').slice(0, 40_000);
}
