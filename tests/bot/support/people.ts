import type { PastConversation } from '../../../src/inbox/model/brief.js';
import type { Conversation } from '../../../src/inbox/model/conversation.js';
import type { Identity } from '../../../src/inbox/model/identity.js';
import type { Author, Message } from '../../../src/inbox/model/message.js';
import type { PastStory } from '../../../src/bot/brief/story.js';
import { readSignals } from '../../../src/bot/signals/read-signals.js';

/** Monday 16 November 2026, 10:00 in Berlin. */
export const monday = Date.UTC(2026, 10, 16, 9, 0);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export function conversation(changes: Partial<Conversation> = {}): Conversation {
  return {
    _id: 'conv-1', channelId: 'chan-1', channelKind: 'webchat', channelName: 'Bubble', threadKey: 't1', customerId: 'cust-1', identityId: 'webchat:chan-1:v1', customerName: 'Ines Bauer',
    status: 'open', shelf: 'active', priority: 'normal', owned: false, tags: [], lastSeq: 0, lastInSeq: 0, lastMessageAt: monday, readSeq: 0, ownership: 0, talkedAt: monday,
    preview: { text: '', by: 'customer', name: 'Ines' }, participants: [], facts: { n: 1, firstAt: monday, known: false, touches: 0, asks: 0, transfers: 0, reopened: 0, waits: 0 }, changeSeq: 1, createdAt: monday, ...changes,
  };
}

const authors: Record<'customer' | 'agent' | 'outside' | 'bot', Author> = {
  customer: { type: 'customer', id: 'webchat:chan-1:v1', name: 'Ines' },
  agent: { type: 'agent', id: 'jonas', name: 'Jonas' },
  outside: { type: 'outside', name: 'Lena' },
  bot: { type: 'bot', name: 'Assistant' },
};

/** A message as the inbox stores it, with its mood and language read the same way. */
export function message(text: string, changes: Partial<Message> & { by?: keyof typeof authors } = {}): Message {
  const { by = 'customer', ...rest } = changes;
  const seq = rest.seq ?? 1;
  const conversationId = rest.conversationId ?? 'conv-1';
  const signals = by === 'customer' ? readSignals(text) : undefined;
  return {
    _id: `${conversationId}:m${seq}`, conversationId, customerId: 'cust-1', channelId: 'chan-1', seq, kind: by === 'customer' ? 'in' : 'out', author: authors[by], text,
    at: monday, receivedAt: monday,
    ...(signals?.language === undefined ? {} : { language: signals.language }),
    ...(signals === undefined || signals.mood === 0 ? {} : { mood: signals.mood }),
    ...rest,
  };
}

export interface Line {
  by?: keyof typeof authors;
  text: string;
  at?: number;
}

/** Messages of one conversation in order, numbered from 1. */
export function thread(conversationId: string, lines: readonly Line[]): Message[] {
  return lines.map((line, index) => message(line.text, { by: line.by ?? 'customer', seq: index + 1, conversationId, at: line.at ?? monday + index * minute, receivedAt: line.at ?? monday + index * minute }));
}

export function pastStory(facts: Partial<PastConversation> & { conversationId: string }, lines: readonly Line[]): PastStory {
  const messages = thread(facts.conversationId, lines);
  const startedAt = messages[0]?.at ?? monday;
  return {
    conversation: { channelKind: 'email', status: 'resolved', startedAt, lastAt: messages.at(-1)?.at ?? startedAt, ...facts },
    ...(messages[0] === undefined ? {} : { first: messages[0] }),
    last: messages.slice(-10),
  };
}

export function identity(kind: Identity['kind'], changes: Partial<Identity> = {}): Identity {
  return { _id: `${kind}:s:u`, kind, customerId: 'cust-1', proof: 'channel', aliases: [], channelId: 'chan-1', firstSeenAt: 0, lastSeenAt: 0, ...changes };
}
