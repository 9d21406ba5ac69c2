import type { InboundEvent, Sender } from '../../inbox/model/event.js';
import { asText, field } from '../lib/read-json.js';
import { readRichText } from './facets.js';
import { chatId, chatThread, eventIds } from './ids.js';
import { base, ignored, type ParseContext, scope, senderOf, timed, webAddress } from './parse.js';

/** Members of the conversations of a page, by conversation: the log itself names nobody. */
export type Members = ReadonlyMap<string, readonly unknown[]>;

const prefix = 'chat.bsky.convo.defs#';

/** One entry of the chat log as one event. Pure. */
export function parseLogEntry(raw: unknown, context: ParseContext, members: Members): InboundEvent {
  const type = asText(field(raw, '$type')) ?? '';
  const kind = type.startsWith(prefix) ? type.slice(prefix.length) : type;
  const [convoId, rev] = [asText(field(raw, 'convoId')), asText(field(raw, 'rev'))];
  if (convoId === undefined || rev === undefined) return ignored(raw, context, { eventId: `c:?:${JSON.stringify(raw)?.slice(0, 200) ?? ''}`, reason: 'a chat event without a conversation' });
  const eventId = eventIds.log(kind.slice(0, 60), convoId, rev);
  const entry = { raw, convoId, eventId, context, members };
  switch (kind) {
    case 'logCreateMessage': return parseMessage(entry) ?? ignored(raw, context, { eventId, reason: 'a chat message that could not be read' });
    case 'logAddReaction': case 'logRemoveReaction': return parseReaction(entry, kind === 'logAddReaction' ? 'add' : 'remove') ?? ignored(raw, context, { eventId, reason: 'a reaction that could not be read' });
    // Only our own view loses it; the other side is never told, nor are we of theirs.
    case 'logDeleteMessage': return { ...base(context, eventId), type: 'ignored', reason: 'deleted in our own view only' };
    case 'logReadMessage': case 'logReadConvo': return { ...base(context, eventId), type: 'ignored', reason: 'we have read it' };
    default:
      if (/^log[A-Z]\w*(?:Convo|Member|Group|Link|Request|Join|Leave|ConvoPermanently)$/u.test(kind)) return { ...base(context, eventId), type: 'ignored', reason: `${kind}: not a message` };
      return ignored(raw, context, { eventId, reason: `unknown kind ${kind.slice(0, 60)}` });
  }
}

interface Entry {
  raw: unknown;
  convoId: string;
  eventId: string;
  context: ParseContext;
  members: Members;
}

function parseMessage(entry: Entry): InboundEvent | undefined {
  const { context, convoId } = entry;
  const message = field(entry.raw, 'message');
  const [id, did, text] = [asText(field(message, 'id')), asText(field(message, 'sender', 'did')), asText(field(message, 'text'))];
  if (id === undefined || did === undefined || text === undefined) return undefined;
  const people = entry.members.get(convoId) ?? [];
  const sender = personOf(did, people);
  const other = people.find((person) => field(person, 'did') !== context.did);
  const recipient = other === undefined ? undefined : senderOf(other);
  const shared = webAddress(field(message, 'embed', 'record', 'uri'));
  const words = readRichText(text, field(message, 'facets'), '');
  return {
    ...base(context, entry.eventId), ...timed(field(message, 'sentAt')), type: 'message', externalId: chatId(convoId, id), direction: did === context.did ? 'out' : 'in', sender,
    ...(did === context.did && recipient !== undefined ? { recipient } : {}),
    thread: { key: chatThread(convoId), keyIs: 'exact', handle: { kind: 'chat', convoId } },
    text: shared === undefined ? words : [words, shared].filter((part) => part !== '').join('\n\n'),
  };
}

function parseReaction(entry: Entry, op: 'add' | 'remove'): InboundEvent | undefined {
  const [id, emoji, did] = [asText(field(entry.raw, 'message', 'id')), asText(field(entry.raw, 'reaction', 'value')), asText(field(entry.raw, 'reaction', 'sender', 'did'))];
  if (id === undefined || emoji === undefined || did === undefined) return undefined;
  if (did === entry.context.did) return { ...base(entry.context, entry.eventId), type: 'ignored', reason: 'our own reaction' };
  return {
    ...base(entry.context, entry.eventId), ...timed(field(entry.raw, 'reaction', 'createdAt')), type: 'reaction', op, emoji,
    target: chatId(entry.convoId, id), threadKey: chatThread(entry.convoId), by: personOf(did, entry.members.get(entry.convoId) ?? []),
  };
}

function personOf(did: string, people: readonly unknown[]): Sender {
  const known = people.find((person) => field(person, 'did') === did);
  return (known === undefined ? undefined : senderOf(known)) ?? { kind: 'bluesky', scope, externalUserId: did, proof: 'channel', aliases: [] };
}
