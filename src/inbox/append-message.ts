import { AppError } from '../errors.js';
import { type ClockCore, withClock } from './clock/keep.js';
import { keepFinal } from './clock/keep-final.js';
import type { Core, Work } from './core.js';
import type { Conversation } from './model/conversation.js';
import type { Customer } from './model/identity.js';
import type { Message } from './model/message.js';
import type { SearchEntry } from './ports.js';
import type { Patch } from './stores.js';

/** What putting something into a conversation needs. */
export type AppendCore = Pick<Core, 'search' | 'store'> & ClockCore;

export interface Appended {
  message: Message;
  conversation: Conversation;
  /** False when it was there already: then nothing was changed. */
  fresh: boolean;
}

const previewLength = 140;

/**
 * Puts a message at the end of its conversation and brings the list row up to date. The message's place is taken by a
 * unique index on (conversation, seq), never by a clock; doing it again changes nothing. Call it in the conversation's lane.
 */
export async function appendMessage(core: AppendCore, work: Work, input: {
  conversation: Conversation;
  message: Omit<Message, 'seq' | 'conversationId' | 'customerId'> & { customerId?: string };
  /** Further changes of the row, once the message has its place; they go into the same change of the row. */
  patch?: (message: Message) => Patch<Conversation> | Promise<Patch<Conversation>>;
  /** Whose clock it is; looked up when absent. */
  root?: Customer;
  /** Found by search; steps are not. */
  indexed?: boolean;
}): Promise<Appended> {
  if (input.conversation.mirror !== undefined && input.conversation.mirror.failed === undefined) await wakeMirror(work, input.conversation._id);
  const placed = await place(core, work, input);
  const { message } = placed;
  if (!placed.fresh && message.seq <= input.conversation.lastSeq) return { message, conversation: input.conversation, fresh: false };
  const extra = await input.patch?.(message) ?? {};
  const changed = await withClock(core, work, { row: input.conversation, message, ...(input.root === undefined ? {} : { root: input.root }) }, (clock) => work.c.conversations.change(message.conversationId, { lastSeqBelow: message.seq }, {
    ...extra,
    set: { lastSeq: message.seq, ...rowFacts(core, input.conversation, message), ...clock.set, ...extra.set, changeSeq: core.changes.next() },
    unset: [...clock.unset ?? [], ...extra.unset ?? []],
  }));
  const row = changed?.after ?? await work.c.conversations.get(message.conversationId) ?? input.conversation;
  const conversation = changed === undefined ? row : await keepFinal(core, work, { before: input.conversation, after: row, message });
  if (changed !== undefined) work.fx.conversation(conversation, message);
  return { message, conversation, fresh: placed.fresh };
}

/** Before the message: one that is here is never without it, and a mirror woken for nothing goes back to rest. */
async function wakeMirror(work: Work, conversationId: string): Promise<void> {
  await work.c.mirrors.wake(conversationId);
  work.fx.job('mirror', conversationId);
}

async function place(core: Pick<Core, 'search' | 'store'>, work: Work, input: Parameters<typeof appendMessage>[2]): Promise<{ message: Message; fresh: boolean }> {
  let lastSeq = input.conversation.lastSeq;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const message: Message = { customerId: input.conversation.customerId, ...input.message, conversationId: input.conversation._id, seq: lastSeq + 1 };
    if (input.indexed !== false && message.kind !== 'event') await work.fx.index(core, searchEntry(input.conversation, message));
    if (await work.c.messages.insert(message) === 'inserted') return { message, fresh: true };
    const same = await work.c.messages.get(message._id);
    if (same !== undefined) return { message: same, fresh: false };
    lastSeq = await work.c.messages.newestSeq(input.conversation._id);
  }
  throw new AppError('store_unavailable', 'no place could be found for a message', { facts: { conversationId: input.conversation._id } });
}

function rowFacts(core: Pick<Core, 'clock'>, conversation: Conversation, message: Message): Partial<Conversation> {
  if (message.kind === 'event') return {};
  // The bot's own words make no agent's reply stale.
  const talked = message.kind === 'note' || message.author.type === 'bot' ? {} : { talkedAt: Math.max(core.clock(), conversation.talkedAt + 1) };
  return {
    ...talked,
    lastMessageAt: Math.max(message.receivedAt, conversation.lastMessageAt),
    ...(message.kind === 'in' ? { lastInSeq: message.seq } : {}),
    preview: {
      text: previewOf(message),
      by: message.author.type,
      name: message.author.name,
      ...(message.attachments === undefined || message.attachments.length === 0 ? {} : { attachments: message.attachments.length }),
    },
  };
}

/** One line of a message for the list. */
export function previewOf(message: Pick<Message, 'text' | 'attachments' | 'unreadable'>): string {
  if (message.unreadable !== undefined) return 'This message could not be read';
  const line = message.text.slice(0, 400).replace(/\s+/gu, ' ').trim();
  if (line === '' && message.attachments !== undefined && message.attachments.length > 0) return message.attachments.map((file) => file.name).join(', ').slice(0, previewLength);
  return line.length <= previewLength ? line : `${line.slice(0, previewLength - 1).trimEnd()}…`;
}

/** What search knows of a message. */
export function searchEntry(conversation: Conversation, message: Message): SearchEntry {
  const files = message.attachments?.map((file) => file.name) ?? [];
  return {
    messageId: message._id,
    conversationId: message.conversationId,
    at: message.at,
    text: [message.kind === 'in' && message.seq === 1 ? conversation.subject : message.email?.subject, message.text, ...files].filter(Boolean).join('\n'),
    ...(message.language === undefined ? {} : { language: message.language }),
    facets: {
      channelId: message.channelId,
      ...(conversation.teamId === undefined ? {} : { teamId: conversation.teamId }),
      ...(conversation.assigneeId === undefined ? {} : { assigneeId: conversation.assigneeId }),
      from: [message.author.name, message.author.type, ...(message.email === undefined ? [] : [message.email.from])],
      tags: conversation.tags,
      hasAttachment: files.length > 0,
      note: message.kind === 'note',
    },
  };
}
