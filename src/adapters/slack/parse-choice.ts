import type { InboundEvent } from '../../inbox/model/event.js';
import { asText, field } from '../lib/read-json.js';
import { type Envelope, ignored, senderOf } from './envelope.js';
import { choiceId, isChannel, isTs, millisOf, threadKey } from './ids.js';
import { escapeMarks } from '../lib/marks.js';

/** A pressed button that we had offered: the person said what stands on it. */
export function parseChoice(envelope: Envelope): InboundEvent {
  const { body } = envelope;
  const channel = asText(field(body, 'container', 'channel_id')) ?? asText(field(body, 'channel', 'id'));
  const user = asText(field(body, 'user', 'id'));
  const pressedAt = asText(field(body, 'actions', 0, 'action_ts'));
  const value = asText(field(body, 'actions', 0, 'value'));
  if (asText(field(body, 'actions', 0, 'action_id'))?.startsWith('rapport_choice_') !== true) return ignored(envelope, 'a button that is not one of ours', body);
  if (!isChannel(channel) || !isTs(pressedAt) || user === undefined || user === '' || value === undefined) return ignored(envelope, 'a press that says nothing', body);
  const root = [field(body, 'container', 'thread_ts'), field(body, 'message', 'thread_ts'), field(body, 'container', 'message_ts')].map(asText).find(isTs);
  const direct = channel.startsWith('D') || field(body, 'channel', 'name') === 'directmessage';
  const thread = direct ? undefined : root;
  return {
    ...envelope.base, type: 'message', externalId: choiceId(channel, pressedAt), direction: 'in', occurredAt: millisOf(pressedAt), text: escapeMarks(value.slice(0, 2_000)),
    sender: senderOf(envelope, user, asText(field(body, 'user', 'name'))), thread: { key: threadKey(channel, thread), keyIs: 'exact', handle: { channel, ...(thread === undefined ? {} : { threadTs: thread }) } },
  };
}
