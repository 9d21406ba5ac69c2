import type { InboundEvent, RemoteFile } from '../../inbox/model/event.js';
import type { MirrorReply } from '../contract/mirror.js';
import { asList, asNumber, asObject, asText, field } from '../lib/read-json.js';
import { type Envelope, ignored, isOurs } from './envelope.js';
import { isTs, messageId, millisOf } from './ids.js';
import { readMrkdwn } from './mrkdwn.js';
import { filesOf } from './parse-files.js';

const reason = 'written in a mirrored thread';
/** What keeps a reply inside. */
const notePrefix = /^\s*(?:\/\/|note:|🔒)\s*/iu;

/** A post in a team's channel: never a customer's word. A reply in a thread is kept whole in `native` for `readMirrored`. */
export function mirroredEvent(envelope: Envelope, at: { channel: string; ts: string }): InboundEvent {
  const { event } = envelope;
  const user = asText(event['user']);
  const thread = asText(event['thread_ts']);
  if (isOurs(envelope, event)) return ignored(envelope, 'our own post in a team’s channel');
  if (user === undefined || asText(event['bot_id']) !== undefined) return ignored(envelope, 'a bot in a team’s channel');
  if (!isTs(thread) || thread === at.ts) return ignored(envelope, 'talk in a team’s channel, in no thread');
  const text = readMrkdwn(asText(event['text']) ?? '', envelope.names);
  const files = filesOf(event);
  const name = envelope.facts.personName(user);
  const reply: MirrorReply = {
    externalId: messageId(at.channel, at.ts), place: at.channel, thread, by: { externalUserId: user, ...(name === undefined ? {} : { name }) },
    text: [text.replace(notePrefix, ''), ...files.links].filter((piece) => piece !== '').join('\n'), note: notePrefix.test(text), files: files.remote, at: millisOf(at.ts),
  };
  return ignored(envelope, reason, { mirror: reply });
}

/** Pure: the reply that `mirroredEvent` kept. */
export function readMirrored(event: InboundEvent): MirrorReply | undefined {
  if (event.type !== 'ignored' || event.reason !== reason) return undefined;
  const kept = asObject(field(event.native, 'mirror'));
  const [externalId, place, thread, by] = [kept?.['externalId'], kept?.['place'], kept?.['thread'], field(kept, 'by', 'externalUserId')].map(asText);
  if (externalId === undefined || place === undefined || thread === undefined || by === undefined) return undefined;
  const name = asText(field(kept, 'by', 'name'));
  return {
    externalId, place, thread, by: { externalUserId: by, ...(name === undefined ? {} : { name }) }, text: asText(kept?.['text']) ?? '', note: kept?.['note'] === true,
    files: asList(kept?.['files']).filter((file): file is RemoteFile & object => asText(field(file, 'name')) !== undefined), at: asNumber(kept?.['at']) ?? event.receivedAt,
  };
}
