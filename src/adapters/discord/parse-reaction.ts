import type { InboundEvent, MessageEvent } from '../../inbox/model/event.js';
import { asObject, asText } from '../lib/read-json.js';
import { packetId, snowflake } from './ids.js';
import type { Packet, ParseFacts } from './parse.js';
import { senderOf } from './people.js';

/** One person's reaction came or went; or why that is no event. It has no id and no time: its place in the session is its name. */
export function parseReaction(packet: Packet, { base, facts }: { base: Pick<MessageEvent, 'channelId' | 'receivedAt' | 'verifiedBy'>; facts: ParseFacts }): InboundEvent | string {
  const data = asObject(packet.data);
  const target = snowflake(data?.['message_id']);
  const userId = snowflake(data?.['user_id']);
  const emoji = emojiOf(data?.['emoji']);
  if (target === undefined || userId === undefined || emoji === undefined) return 'a reaction without a message, a person or an emoji';
  if (userId === facts.self) return 'we reacted ourselves';
  const member = asObject(data?.['member']);
  const by = senderOf(asObject(member?.['user']) ?? { id: userId }, member);
  if (by === undefined) return 'a reaction without a person';
  return {
    ...base, type: 'reaction', eventId: packetId(facts.sessionId, packet.sequence), target, threadKey: facts.place.id,
    op: packet.kind === 'MESSAGE_REACTION_ADD' ? 'add' : 'remove', emoji, by,
  };
}

/** The character, or `:name:` of one that a server made for itself. */
function emojiOf(value: unknown): string | undefined {
  const emoji = asObject(value);
  const name = asText(emoji?.['name']);
  if (emoji === undefined || (name === undefined && emoji['id'] === undefined)) return undefined;
  return snowflake(emoji['id']) === undefined ? name : `:${name ?? 'deleted'}:`;
}
