import type { InboundEvent, ThreadEvent } from '../../../inbox/model/event.js';
import { asList, asText, field } from '../../lib/read-json.js';
import { asAccountId, asMessageId, asMillis, base, ignored } from '../read.js';
import { customerOf, type Item } from './facts.js';
import { namedBy } from './ids.js';

const midsMax = 100;
/** The names that Messenger gives some reactions, where it leaves out the character. */
const emojiOf: Readonly<Record<string, string>> = { love: '❤️', like: '👍', dislike: '👎', smile: '😆', angry: '😠', sad: '😢', wow: '😮' };

/** Each person has one reaction to a message. */
export function readReaction(item: Item, reaction: unknown): InboundEvent[] {
  const mid = asMessageId(field(reaction, 'mid'));
  const action = asText(field(reaction, 'action'));
  if (mid === undefined || (action !== 'react' && action !== 'unreact')) return [ignored(item.facts, item.raw, 'a reaction without its message')];
  if (item.own) return [ignored(item.facts, item.raw, 'a reaction of our own side')];
  const name = asText(field(reaction, 'reaction')) ?? '';
  const emoji = (asText(field(reaction, 'emoji')) ?? emojiOf[name] ?? `:${name === '' ? 'other' : name}:`).slice(0, 64);
  return [{
    ...base(item.facts, namedBy('reaction', mid, item.customer, item.at, action), item.at), type: 'reaction', target: mid, threadKey: item.customer, op: 'set', by: customerOf(item.facts, item.customer),
    ...(action === 'react' ? { emoji } : {}),
  }];
}

/** Received: message by message where the ids are told, else everything up to a time. */
export function readDelivery(item: Item, delivery: unknown): InboundEvent[] {
  const mids = asList(field(delivery, 'mids')).slice(0, midsMax).flatMap((mid) => asMessageId(mid) ?? []);
  const common = { type: 'receipt', state: 'delivered', threadKey: item.customer } as const;
  if (mids.length > 0) return mids.map((mid) => ({ ...base(item.facts, `delivered:${mid}`, item.at), ...common, upToId: mid }));
  const watermark = asMillis(field(delivery, 'watermark'));
  if (watermark === undefined) return [ignored(item.facts, item.raw, 'a receipt of nothing')];
  return [{ ...base(item.facts, namedBy('delivered', item.customer, watermark), item.at), ...common, upToTime: watermark }];
}

/** Seen: Messenger tells up to when, Instagram up to which message. */
export function readRead(item: Item, read: unknown): InboundEvent[] {
  const mid = asMessageId(field(read, 'mid'));
  const watermark = asMillis(field(read, 'watermark'));
  if (item.own) return [ignored(item.facts, item.raw, 'our own side has read it')];
  const common = { type: 'receipt', state: 'read', threadKey: item.customer } as const;
  if (mid !== undefined) return [{ ...base(item.facts, `read:${mid}`, item.at), ...common, upToId: mid }];
  if (watermark === undefined) return [ignored(item.facts, item.raw, 'a receipt of nothing')];
  return [{ ...base(item.facts, namedBy('read', item.customer, watermark), item.at), ...common, upToTime: watermark }];
}

/** Who answers here from now on. Without a new owner the thread is idle: whoever wants may answer. */
export function readControl(item: Item, control: unknown, kind: 'pass' | 'take'): InboundEvent[] {
  const owner = asAccountId(field(control, 'new_owner_app_id'));
  // Where the new owner is not named: a thread is passed to whom the notice is sent to, and taken from them.
  const isOurs = owner === undefined ? kind === 'pass' || field(control, 'new_owner_app_id') === null : owner === item.facts.appId;
  const note = asText(field(control, 'metadata'))?.slice(0, 120);
  const reason = `${isOurs ? 'this app answers here again' : `another app answers here now${owner === undefined ? '' : ` (${owner})`}`}${note === undefined || note === '' ? '' : `: ${note}`}`;
  return [{ ...base(item.facts, namedBy('control', kind, item.customer, item.at, owner), item.at), type: 'thread', threadKey: item.customer, change: { op: isOurs ? 'control_passed' : 'control_taken', reason } } satisfies ThreadEvent];
}
