import type { AppendCore } from './append-message.js';
import type { Core, Work } from './core.js';
import { addStep } from './add-step.js';
import { timeOf } from './event-time.js';
import type { Conversation } from './model/conversation.js';
import { shelfOf } from './model/conversation.js';
import type { MessageEvent } from './model/event.js';
import type { Recognised } from './recognise-sender.js';
import type { ThreadMatch } from './match-thread.js';

/**
 * Opens the conversation a thread begins with. The thread's row decides which one it is, so that two messages at once,
 * or a crash in between, open one.
 */
export async function openConversation(core: AppendCore & Pick<Core, 'newId' | 'channels'>, work: Work, input: {
  event: MessageEvent;
  match: Extract<ThreadMatch, { to: 'new' }>;
  who: Recognised;
}): Promise<Conversation> {
  const { event, match } = input;
  const id = core.newId();
  const threadId = `${event.channelId}:${match.threadKey}`;
  const older = match.linkedTo?.conversationId;
  let held = await work.c.threads.claim(threadId, id);
  if (held.conversationId === older && older !== undefined) held = await work.c.threads.move(threadId, older, id);
  const existing = held.conversationId === id ? undefined : await work.c.conversations.get(held.conversationId);
  if (existing !== undefined) return existing;
  const conversation = freshConversation(core, { ...input, id: held.conversationId });
  if (await work.c.conversations.insert(conversation) === 'duplicate') return await work.c.conversations.get(conversation._id) ?? conversation;
  await work.c.customers.change(conversation.customerId, { inc: { conversationCount: 1 } });
  if (match.linkedTo === undefined) return conversation;
  return addStep(core, work, {
    conversation, key: conversation._id,
    step: { type: 'linked', reason: match.linkedTo.reason, data: { conversationId: match.linkedTo.conversationId } },
  });
}

function freshConversation(core: Pick<Core, 'clock' | 'changes' | 'channels' | 'numbers'>, input: { event: MessageEvent; match: Extract<ThreadMatch, { to: 'new' }>; who: Recognised; id: string }): Conversation {
  const { event, match, who } = input;
  const channel = core.channels().get(event.channelId);
  const status = 'open' as const;
  const subject = event.thread.subject?.trim();
  return {
    _id: input.id,
    channelId: event.channelId,
    channelKind: channel?.kind ?? who.identity.kind,
    channelName: channel?.name ?? event.channelId,
    threadKey: match.threadKey,
    ...(event.thread.audience === undefined || event.thread.audience === 'private' ? {} : { audience: event.thread.audience }),
    customerId: who.identity.customerId,
    identityId: who.identity._id,
    customerName: who.root.name,
    ...(subject === undefined || subject === '' ? {} : { subject: subject.slice(0, 300) }),
    status,
    shelf: shelfOf(status),
    priority: 'normal',
    owned: false,
    ...(channel?.teamId === undefined ? {} : { teamId: channel.teamId }),
    tags: [],
    lastSeq: 0,
    lastInSeq: 0,
    lastMessageAt: event.receivedAt,
    readSeq: 0,
    ownership: 0,
    talkedAt: 0,
    preview: { text: '', by: 'customer', name: who.root.name },
    participants: [...new Set([...who.identity.aliases.filter((alias) => alias.type === 'email').map((alias) => alias.value), ...(event.thread.participants ?? [])])].slice(0, 100),
    ...(match.linkedTo === undefined ? {} : { linkedTo: match.linkedTo }),
    facts: {
      n: core.numbers.cases.next(), firstAt: timeOf(event), known: who.root.conversationCount > 0, touches: 0, asks: 0, transfers: 0, reopened: 0, waits: 0,
      ...(channel?.teamId === undefined ? {} : { firstTeamId: channel.teamId, owner: { teamId: channel.teamId } }),
    },
    changeSeq: core.changes.next(),
    createdAt: core.clock(),
  };
}
