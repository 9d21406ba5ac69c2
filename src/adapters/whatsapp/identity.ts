import type { InboundEvent } from '../../inbox/model/event.js';
import { asText, field } from '../lib/read-json.js';
import { asSeconds, base, ignored } from '../meta/read.js';
import { asUserId, asWaId, personKey, type UserId, type WaId } from './ids.js';
import { senderOf, type WhatsAppFacts } from './people.js';

interface Renamed {
  /** Unique part of the events' ids. */
  name: string;
  at: number | undefined;
  was: { waId: WaId | undefined; userId: UserId | undefined };
  is: { waId: WaId | undefined; userId: UserId | undefined };
  parentId: UserId | undefined;
  reason: string;
}

/** What WhatsApp itself says in a chat: mostly that somebody has another number, and with it another id. */
export function readSystem(facts: WhatsAppFacts, raw: unknown, wamid: string): InboundEvent[] {
  const system = field(raw, 'system');
  const type = asText(field(system, 'type')) ?? '';
  if (!['user_changed_number', 'customer_changed_number', 'user_changed_user_id'].includes(type)) {
    return [ignored(facts, raw, type === 'customer_identity_changed' || type === 'user_identity_changed' ? `not used: ${type}` : `unknown kind system ${type.slice(0, 60)}`)];
  }
  return renamed(facts, raw, {
    name: `system:${wamid}`, at: asSeconds(field(raw, 'timestamp')), reason: type === 'user_changed_user_id' ? 'has another WhatsApp id' : 'has another number',
    was: { waId: asWaId(field(raw, 'from')) ?? asWaId(field(system, 'customer')), userId: asUserId(field(raw, 'from_user_id')) ?? asUserId(field(system, 'previous_user_id')) },
    is: { waId: asWaId(field(system, 'wa_id')) ?? asWaId(field(system, 'new_wa_id')), userId: asUserId(field(system, 'user_id')) },
    parentId: asUserId(field(system, 'parent_user_id')),
  });
}

/** One of `user_id_update`: the surest word of a person's old and new id. */
export function readUserIdUpdate(facts: WhatsAppFacts, raw: unknown): InboundEvent[] {
  const previous = asUserId(field(raw, 'user_id', 'previous'));
  const current = asUserId(field(raw, 'user_id', 'current'));
  if (previous === undefined || current === undefined) return [ignored(facts, raw, 'a change of id without both ids')];
  return renamed(facts, raw, {
    name: `user-id:${previous}:${current}`, at: asSeconds(field(raw, 'timestamp')), reason: 'has another WhatsApp id',
    was: { waId: undefined, userId: previous }, is: { waId: asWaId(field(raw, 'wa_id')), userId: current }, parentId: asUserId(field(raw, 'parent_user_id', 'current')),
  });
}

/** The thread goes on under its new key; the new identity gets both numbers, so that it joins the person it was. */
function renamed(facts: WhatsAppFacts, raw: unknown, change: Renamed): InboundEvent[] {
  const from = personKey(change.was);
  const to = personKey(change.is);
  if (from === undefined || to === undefined) return [ignored(facts, raw, 'a change of number without both numbers')];
  if (from === to) return [ignored(facts, raw, 'a change of number that changes nothing')];
  return [
    { ...base(facts, `${change.name}:thread`, change.at), type: 'thread', threadKey: from, change: { op: 'rekey', to, reason: change.reason } },
    { ...base(facts, `${change.name}:identity`, change.at), type: 'identity', sender: senderOf(facts, to, { waId: change.is.waId, formerWaId: change.was.waId, parentId: change.parentId }) },
  ];
}
