import type { Conversation } from '../src/inbox/model/conversation.js';
import type { LedgerRow } from '../src/inbox/model/event.js';
import type { Message } from '../src/inbox/model/message.js';

/** Invented documents in the shape and size of real ones; the same number gives the same document. */
const start = 1_767_225_600_000;
const words = 'hello my order has not arrived yet and the tracking page says it left on monday could you please look where the parcel is thank you very much the frame is bent at the rear wheel i would like to send it back what do i have to do'.split(' ');
const statuses = ['open', 'pending', 'snoozed', 'resolved', 'resolved', 'resolved', 'resolved', 'resolved', 'resolved', 'spam'] as const;

function key(prefix: string, n: number): string {
  return `${prefix}${n.toString(36).padStart(16 - prefix.length, '0')}`;
}

function text(seed: number): string {
  const length = 8 + ((seed * 31) % 50);
  return Array.from({ length }, (_, i) => words[(seed * 17 + i * 7) % words.length]).join(' ');
}

export function conversationOf(n: number, lastSeq: number): Conversation {
  const status = statuses[(n * 7) % statuses.length] as Conversation['status'];
  const shelf = status === 'open' || status === 'pending' ? 'active' : status;
  const owned = n % 3 !== 0;
  return {
    _id: key('c', n), channelId: key('ch', n % 12), channelKind: n % 2 === 0 ? 'webchat' : 'email', channelName: 'Support', threadKey: key('t', n),
    customerId: key('p', n % 40_000), identityId: `email:all:person${n % 40_000}@posteo.example`, customerName: `Person ${n % 40_000}`,
    subject: text(n).slice(0, 40), status, shelf, owned, priority: 'normal', tags: n % 4 === 0 ? ['delivery'] : [],
    ...(owned ? { assigneeId: `agent-${n % 20}` } : {}), ...(n % 5 === 0 ? {} : { teamId: `team-${n % 5}` }),
    ...(shelf === 'active' && n % 2 === 0 ? { waitingSince: start + n * 900, waitId: key('m', n) } : {}),
    lastSeq, lastInSeq: lastSeq, lastMessageAt: start + n * 1_000, readSeq: lastSeq, ownership: 2,
    preview: { text: text(n).slice(0, 120), by: 'customer', name: `Person ${n % 40_000}` }, language: 'en', participants: [`person${n % 40_000}@posteo.example`], changeSeq: n, createdAt: start + n * 500,
  } as Conversation;
}

export function messageOf(conversation: number, seq: number): Message {
  const seed = conversation * 13 + seq;
  const inbound = seq % 2 === 1;
  const at = start + conversation * 1_000 + seq * 60_000;
  return {
    _id: `${key('ch', conversation % 12)}:${key('m', conversation * 1_000 + seq)}`, conversationId: key('c', conversation), customerId: key('p', conversation % 40_000),
    channelId: key('ch', conversation % 12), seq, kind: inbound ? 'in' : 'out',
    author: inbound ? { type: 'customer', id: `email:all:person${conversation % 40_000}@posteo.example`, name: `Person ${conversation % 40_000}` } : { type: 'agent', id: `agent-${seed % 20}`, name: 'Mara Lind' },
    text: text(seed), language: 'en', at, receivedAt: at + 40, ...(inbound ? {} : { delivery: { state: 'sent', at: at + 400, attempts: 1 } }),
  } as Message;
}

export function ledgerRowOf(id: string, message: Message): LedgerRow {
  return {
    _id: id, channelId: message.channelId, state: 'received', attempts: 0, deaths: 0, receivedAt: message.receivedAt,
    event: {
      type: 'message', channelId: message.channelId, eventId: id, receivedAt: message.receivedAt, verifiedBy: 'session', externalId: id, direction: 'in', text: message.text,
      sender: { kind: 'webchat', scope: 'all', externalUserId: message.customerId, proof: 'claimed', aliases: [] }, thread: { key: message.conversationId, keyIs: 'exact' },
    },
  } as unknown as LedgerRow;
}
