import type { InboundEvent } from '../../inbox/model/event.js';
import { asObject, asText, field } from '../lib/read-json.js';
import { type Envelope, ignored, isOurs } from './envelope.js';
import { isTs, messageId, millisOf, threadKey } from './ids.js';
import { readMrkdwn } from './mrkdwn.js';
import { isDirect } from './parse-message.js';

/**
 * `message_changed` also comes when Slack unfurls a link or a thread grows: only a new `edited.ts` is an edit. A deleted
 * root of a thread comes as a change to a `tombstone`.
 */
export function parseChange(envelope: Envelope, channel: string): InboundEvent {
  const message = asObject(envelope.event['message']) ?? {};
  const ts = asText(message['ts']);
  if (!isTs(ts)) return ignored(envelope, 'a change of no message', envelope.body);
  if (envelope.facts.mirrorChannels.has(channel)) return ignored(envelope, 'a change in a mirrored thread');
  if (asText(message['subtype']) === 'tombstone') return deletion(envelope, { channel, ts, post: message });
  const edited = asText(field(message, 'edited', 'ts'));
  const before = asText(field(envelope.event, 'previous_message', 'edited', 'ts'));
  if (!isTs(edited) || edited === before) return ignored(envelope, 'nothing was written (a link’s preview, or a count)');
  if (isOurs(envelope, message)) return ignored(envelope, 'our own edit');
  return {
    ...envelope.base, type: 'edit', target: messageId(channel, ts), threadKey: keyOf(envelope, { channel, ts, post: message }), revision: edited, occurredAt: millisOf(edited),
    text: readMrkdwn(asText(message['text']) ?? '', envelope.names),
  };
}

export function parseDelete(envelope: Envelope, channel: string): InboundEvent {
  const previous = asObject(envelope.event['previous_message']) ?? {};
  const ts = asText(envelope.event['deleted_ts']) ?? asText(previous['ts']);
  if (!isTs(ts)) return ignored(envelope, 'a deletion of no message', envelope.body);
  if (envelope.facts.mirrorChannels.has(channel)) return ignored(envelope, 'a deletion in a mirrored thread');
  return deletion(envelope, { channel, ts, post: previous });
}

interface Post {
  channel: string;
  ts: string;
  post: Record<string, unknown>;
}

function deletion(envelope: Envelope, what: Post): InboundEvent {
  const at = asText(envelope.event['event_ts']);
  return {
    ...envelope.base, type: 'delete', target: messageId(what.channel, what.ts), threadKey: keyOf(envelope, what), by: 'author',
    ...(isTs(at) ? { occurredAt: millisOf(at) } : {}),
  };
}

function keyOf(envelope: Envelope, { channel, ts, post }: Post): string {
  if (isDirect(envelope.event, channel)) return threadKey(channel);
  const root = asText(post['thread_ts']);
  return threadKey(channel, isTs(root) ? root : ts);
}
