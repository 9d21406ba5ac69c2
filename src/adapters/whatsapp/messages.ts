import type { InboundEvent, MessageEvent, Sender } from '../../inbox/model/event.js';
import { asText, field } from '../lib/read-json.js';
import { asMessageId, asSeconds, base, ignored } from '../meta/read.js';
import { besides, contentOf } from './content.js';
import { type Person, personOf, threadOf, type WhatsAppFacts } from './people.js';
import { readSystem } from './identity.js';

/** Whose words these are: the customer's, or a colleague's on the phone with the WhatsApp Business app. */
export type Side = 'customer' | 'phone app';

/** One of `messages`, or of `message_echoes`. */
export function readMessage(facts: WhatsAppFacts, raw: unknown, from: { side: Side; contacts: readonly unknown[] }): InboundEvent[] {
  const wamid = asMessageId(field(raw, 'id'));
  if (wamid === undefined) return [ignored(facts, raw, 'a message without an id')];
  if (field(raw, 'type') === 'system') return readSystem(facts, raw, wamid);
  const given = from.side === 'customer'
    ? { phone: field(raw, 'from'), userId: field(raw, 'from_user_id'), parentId: field(raw, 'from_parent_user_id') }
    : { phone: field(raw, 'to'), userId: field(raw, 'to_user_id'), parentId: field(raw, 'to_parent_user_id') };
  const person = personOf(facts, given, from.contacts);
  if (person === undefined) return [ignored(facts, raw, 'not said who it is about')];
  return readOf(facts, raw, { wamid, person, side: from.side });
}

interface Read {
  wamid: string;
  person: Person;
  side: Side;
}

function readOf(facts: WhatsAppFacts, raw: unknown, read: Read): InboundEvent[] {
  const at = asSeconds(field(raw, 'timestamp'));
  const { key } = threadOf(read.person, raw, read.wamid);
  switch (field(raw, 'type')) {
    case 'reaction': return readReaction(facts, raw, read);
    case 'edit': return readEdit(facts, raw, { ...read, key });
    case 'revoke': {
      const target = asMessageId(field(raw, 'revoke', 'original_message_id'));
      if (target === undefined) return [ignored(facts, raw, 'a revoke without its message')];
      return [{ ...base(facts, `revoke:${read.wamid}`, at), type: 'delete', target, threadKey: key, by: 'author' }];
    }
    default: return readWords(facts, raw, read);
  }
}

function readWords(facts: WhatsAppFacts, raw: unknown, read: Read): InboundEvent[] {
  const content = contentOf(raw);
  if (content === undefined) return [ignored(facts, raw, `unknown kind ${asText(field(raw, 'type'))?.slice(0, 60) ?? 'of message'}`)];
  const quoted = besides(raw);
  // In a group the thread alone says where it belongs: whom it answers may be somebody else.
  const answers = field(raw, 'group_id') === undefined ? asMessageId(field(raw, 'context', 'id')) : undefined;
  const thread = threadOf(read.person, raw, read.wamid);
  const event: MessageEvent = {
    ...base(facts, `message:${read.wamid}`, asSeconds(field(raw, 'timestamp'))), type: 'message', externalId: read.wamid,
    ...(read.side === 'customer' ? { direction: 'in', sender: read.person.sender } : { direction: 'out', sender: phoneApp(facts), recipient: read.person.sender }),
    // "Seen" and "is writing" refer to a message of theirs: one of ours does not take its place.
    thread: { key: thread.key, keyIs: 'exact', ...(read.side === 'customer' && thread.handle !== undefined ? { handle: thread.handle } : {}), ...(answers === undefined ? {} : { repliesTo: [answers] }) },
    text: content.text,
    ...(quoted === undefined ? {} : { quoted }),
    ...(content.files === undefined ? {} : { remoteFiles: content.files }),
    ...(content.unreadable === undefined ? {} : { unreadable: content.unreadable }),
    ...(read.side === 'customer' && field(raw, 'type') === 'request_welcome' ? { silent: 'opened the chat' } : {}),
  };
  return [event];
}

/** Each person has one reaction to a message; none is told as an empty one. */
function readReaction(facts: WhatsAppFacts, raw: unknown, read: Read): InboundEvent[] {
  const target = asMessageId(field(raw, 'reaction', 'message_id'));
  if (target === undefined) return [ignored(facts, raw, 'a reaction without its message')];
  if (read.side === 'phone app') return [ignored(facts, raw, 'a reaction of our own side')];
  const emoji = asText(field(raw, 'reaction', 'emoji'));
  return [{
    ...base(facts, `reaction:${read.wamid}`, asSeconds(field(raw, 'timestamp'))), type: 'reaction', target, threadKey: threadOf(read.person, raw, read.wamid).key, op: 'set', by: read.person.sender,
    ...(emoji === undefined || emoji === '' ? {} : { emoji: emoji.slice(0, 64) }),
  }];
}

function readEdit(facts: WhatsAppFacts, raw: unknown, read: Read & { key: string }): InboundEvent[] {
  const target = asMessageId(field(raw, 'edit', 'original_message_id'));
  const content = contentOf(field(raw, 'edit', 'message'));
  if (target === undefined || content === undefined) return [ignored(facts, raw, 'an edit without its message')];
  const at = asSeconds(field(raw, 'timestamp'));
  return [{ ...base(facts, `edit:${read.wamid}`, at), type: 'edit', target, threadKey: read.key, revision: String(at ?? 0), text: content.text }];
}

function phoneApp(facts: WhatsAppFacts): Sender {
  return { kind: 'whatsapp', scope: facts.phoneNumberId, externalUserId: facts.phoneNumberId, displayName: 'WhatsApp Business app', proof: 'channel', aliases: [] };
}
