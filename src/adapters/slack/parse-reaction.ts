import type { InboundEvent } from '../../inbox/model/event.js';
import { asText, field } from '../lib/read-json.js';
import { emojiOfName } from './emoji.js';
import { type Envelope, ignored, senderOf } from './envelope.js';
import { isChannel, isTs, messageId, millisOf, threadKey } from './ids.js';

/** Slack does not say which thread the post is in: the key is that of a root, and the post's id finds it. */
export function parseReaction(envelope: Envelope, kind: 'reaction_added' | 'reaction_removed'): InboundEvent {
  const { event, facts } = envelope;
  const channel = asText(field(event, 'item', 'channel'));
  const ts = asText(field(event, 'item', 'ts'));
  const user = asText(event['user']);
  const name = asText(event['reaction']);
  const at = asText(event['event_ts']);
  if (!isChannel(channel) || !isTs(ts) || name === undefined) return ignored(envelope, 'a reaction to something that is no message');
  if (user === undefined || user === '') return ignored(envelope, 'a reaction of nobody', envelope.body);
  if (user === envelope.ownUserId) return ignored(envelope, 'our own reaction');
  if (facts.mirrorChannels.has(channel)) return ignored(envelope, 'a reaction in a mirrored thread');
  if (facts.channels.size > 0 && !facts.channels.has(channel) && !channel.startsWith('D')) return ignored(envelope, `not one of the channels that were chosen: ${channel}`);
  return {
    ...envelope.base, type: 'reaction', target: messageId(channel, ts), threadKey: threadKey(channel, channel.startsWith('D') ? undefined : ts),
    op: kind === 'reaction_added' ? 'add' : 'remove', emoji: emojiOfName(name.slice(0, 150)), by: senderOf(envelope, user),
    ...(isTs(at) ? { occurredAt: millisOf(at) } : {}),
  };
}
