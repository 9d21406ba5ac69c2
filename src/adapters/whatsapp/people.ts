import type { Json } from '../../inbox/model/common.js';
import type { Sender, ThreadHints } from '../../inbox/model/event.js';
import type { Alias } from '../../inbox/model/identity.js';
import { asList, asText, field } from '../lib/read-json.js';
import { asAccountId } from '../meta/read.js';
import type { ParseFacts } from '../meta/read.js';
import { asUserId, asWaId, groupKey, personKey, phoneOf, type UserId, type WaId } from './ids.js';

export interface WhatsAppFacts extends ParseFacts {
  /** What an identity's id is scoped by. */
  phoneNumberId: string;
}

/** A customer by all the names that a webhook gives them. */
export interface Person {
  sender: Sender;
  /** The thread's key, where it is no group. */
  key: string;
  waId?: WaId;
  userId?: UserId;
}

/** The ids of one side of a message: `from`, or `to` of an echo. */
export interface GivenIds {
  phone: unknown;
  userId: unknown;
  parentId: unknown;
}

/** `undefined` where neither a number nor a user id is told. What the platform signs is proof: the number becomes an alias that joins. */
export function personOf(facts: WhatsAppFacts, given: GivenIds, contacts: readonly unknown[]): Person | undefined {
  const contact = contactOf(given, contacts);
  const waId = asWaId(given.phone) ?? asWaId(field(contact, 'wa_id'));
  // A user id may also stand where the number used to.
  const userId = asUserId(given.userId) ?? asUserId(given.phone) ?? asUserId(field(contact, 'user_id'));
  const key = personKey({ waId, userId });
  if (key === undefined) return undefined;
  const parentId = asUserId(given.parentId) ?? asUserId(field(contact, 'parent_user_id'));
  const username = asText(field(contact, 'profile', 'username')) ?? asText(field(contact, 'username'));
  const name = asText(field(contact, 'profile', 'name'))?.trim();
  const displayName = name === undefined || name === '' ? username : name.slice(0, 200);
  return {
    key,
    sender: senderOf(facts, key, { waId, parentId, username, displayName }),
    ...(waId === undefined ? {} : { waId }),
    ...(userId === undefined ? {} : { userId }),
  };
}

/** A sender under a key, with whatever else is known of them. */
export function senderOf(facts: WhatsAppFacts, key: string, known: { waId?: WaId | undefined; formerWaId?: WaId | undefined; parentId?: UserId | undefined; username?: string | undefined; displayName?: string | undefined }): Sender {
  const aliases: Alias[] = [];
  if (known.formerWaId !== undefined) aliases.push({ type: 'phone', value: phoneOf(known.formerWaId), proof: 'channel' });
  if (known.parentId !== undefined) aliases.push({ type: 'native', value: `whatsapp-parent:${known.parentId}`, proof: 'channel' });
  if (known.username !== undefined) aliases.push({ type: 'username', value: known.username.toLowerCase().slice(0, 100), proof: 'channel' });
  if (known.waId !== undefined) aliases.push({ type: 'phone', value: phoneOf(known.waId), proof: 'channel' });
  return { kind: 'whatsapp', scope: facts.phoneNumberId, externalUserId: key, proof: 'channel', aliases, ...(known.displayName === undefined ? {} : { displayName: known.displayName }) };
}

/** Contacts stand beside the messages; the number in one may be spelt otherwise, so a lone one is taken as it is. */
function contactOf(given: GivenIds, contacts: readonly unknown[]): unknown {
  if (contacts.length === 1) return contacts[0];
  return contacts.find((contact) => (field(contact, 'user_id') !== undefined && field(contact, 'user_id') === given.userId) || (field(contact, 'wa_id') !== undefined && field(contact, 'wa_id') === given.phone));
}

/** Where an answer goes. `last`: the message that "is writing" and "seen" refer to. */
export interface Handle {
  waId?: string;
  userId?: string;
  group?: string;
  last?: string;
}

export function threadOf(person: Person, message: unknown, wamid: string): ThreadHints {
  const groupId = asAccountId(field(message, 'group_id'));
  const handle: Record<string, Json> = { ...(person.waId === undefined ? {} : { waId: person.waId }), ...(person.userId === undefined ? {} : { userId: person.userId }), ...(groupId === undefined ? {} : { group: groupId }), last: wamid };
  return { key: groupId === undefined ? person.key : groupKey(groupId), keyIs: 'exact', handle };
}

/** Reads a handle back; what is no handle of ours is empty. */
export function readHandle(handle: Json | undefined): Handle {
  const read = (name: keyof Handle): Handle => {
    const value = asText(field(handle, name));
    return value === undefined ? {} : { [name]: value };
  };
  return { ...read('waId'), ...read('userId'), ...read('group'), ...read('last') };
}

export function contactsOf(value: unknown): readonly unknown[] {
  return asList(field(value, 'contacts'));
}
