import { AppError } from '../errors.js';
import { type Appended, appendMessage } from './append-message.js';
import type { InboxActions, Viewer } from './api.js';
import { addStep } from './add-step.js';
import { type Core, laneOf, type Work, workInLane } from './core.js';
import { recordsOf, rootOf } from './clock/person.js';
import type { Conversation } from './model/conversation.js';
import type { Attachment, Author, Message } from './model/message.js';
import { refuseHistory, seenConversation } from './permission.js';
import { statusPatch } from './set-status.js';

type Input = Parameters<InboxActions['reply']>[2];

/**
 * An agent answers. Message and outbox row are written together; a job delivers. Stops with `stale_reply` when something
 * reached this person, on any channel, after `personSeen`, and with `conflict` in an imported conversation. The same `clientId` again gives the first one's message.
 */
export async function sendReply(core: Core, viewer: Viewer, conversationId: string, input: Input): Promise<{ message: Message; conversation: Conversation }> {
  const seen = await seenConversation({ c: core.store.now }, viewer, conversationId);
  return workInLane(core, laneOf(seen), async (work) => {
    const conversation = await seenConversation(work, viewer, conversationId);
    const agent = await work.c.agents.get(viewer.agentId);
    const messageId = outMessageId(conversation, viewer.agentId, input.clientId);
    const before = await work.c.messages.get(messageId);
    if (before !== undefined) return { message: before, conversation };
    refuseHistory(conversation);
    if (input.force !== true) await refuseStale(work, conversation, input.personSeen);
    const attachments = await claimFiles(work, viewer, input.attachmentIds, { messageId, conversationId });
    const appended = await putReply(core, work, conversation, {
      messageId, author: { type: 'agent', id: viewer.agentId, name: agent?.name ?? 'Agent' }, text: input.text, attachments,
      more: { clientId: input.clientId, ...(input.template === undefined ? {} : { template: input.template }) },
    });
    await work.c.drafts.remove(conversationId, viewer.agentId);
    const row = await thenStatus(core, work, appended.conversation, { input, answer: appended.message });
    return { message: appended.message, conversation: row };
  });
}

/** Puts an answer into its conversation and on its way. Call it in the lane; `messageId` must not be there yet. */
export async function putReply(core: Core, work: Work, conversation: Conversation, reply: {
  messageId: string;
  author: Author;
  text: string;
  attachments: Attachment[];
  more: Pick<Message, 'clientId' | 'template' | 'mirroredFrom'>;
}): Promise<Appended> {
  const { messageId, author, attachments } = reply;
  const now = core.clock();
  const agentId = author.type === 'agent' ? author.id : undefined;
  core.crashAt('reply-before-outbox');
  await queueDelivery(core, work, { messageId, conversation, seq: conversation.lastSeq + 1 });
  core.crashAt('reply-outbox-written');
  const appended = await appendMessage(core, work, {
    conversation,
    message: {
      _id: messageId, channelId: answerChannel(conversation), kind: 'out', author, text: reply.text, at: now, receivedAt: now,
      ...(attachments.length === 0 ? {} : { attachments }),
      ...(conversation.language === undefined ? {} : { language: conversation.language }),
      ...(conversation.teamId === undefined ? {} : { forTeamId: conversation.teamId }),
      delivery: { state: 'queued', at: now, attempts: 0 }, ...reply.more,
    },
    patch: ({ seq }) => ({ inc: { ownership: 1 }, set: { readSeq: seq, botDone: true, ...(conversation.owned || agentId === undefined ? {} : { assigneeId: agentId, routeReason: 'answered first' }) } }),
  });
  core.crashAt('reply-message-written');
  if (agentId !== undefined) await remember(work, conversation, agentId);
  work.fx.job('deliver', messageId);
  return appended;
}

/** A note stays inside the house: no outbox, no clock, no ownership. */
export async function addNote(core: Core, viewer: Viewer, conversationId: string, input: Parameters<InboxActions['note']>[2]): Promise<{ message: Message; conversation: Conversation }> {
  const seen = await seenConversation({ c: core.store.now }, viewer, conversationId);
  return workInLane(core, laneOf(seen), async (work) => {
    const conversation = await seenConversation(work, viewer, conversationId);
    const agent = await work.c.agents.get(viewer.agentId);
    const messageId = outMessageId(conversation, viewer.agentId, input.clientId);
    const before = await work.c.messages.get(messageId);
    if (before !== undefined) return { message: before, conversation };
    const attachments = await claimFiles(work, viewer, input.attachmentIds, { messageId, conversationId });
    const now = core.clock();
    const appended = await appendMessage(core, work, {
      conversation,
      message: {
        _id: messageId, channelId: conversation.channelId, kind: 'note', author: { type: 'agent', id: viewer.agentId, name: agent?.name ?? 'Agent' },
        text: input.text, at: now, receivedAt: now, clientId: input.clientId,
        ...(attachments.length === 0 ? {} : { attachments }),
        ...(input.mentions.length === 0 ? {} : { mentions: input.mentions }),
      },
      patch: ({ seq }) => ({ set: { readSeq: seq, preview: conversation.preview } }),
    });
    await work.c.drafts.remove(conversationId, viewer.agentId);
    return { message: appended.message, conversation: appended.conversation };
  });
}

/** The id of something an agent wrote, the same for the same `clientId`. */
export function outMessageId(conversation: Pick<Conversation, 'channelId'>, agentId: string, clientId: string): string {
  return `${conversation.channelId}:out-${agentId}-${clientId}`;
}

/** Where an answer goes: where the customer wrote last. */
export function answerChannel(conversation: Conversation): string {
  return conversation.answerOn?.channelId ?? conversation.channelId;
}

/** Puts a message on its way. Written before the message, so that a message without it can not exist. */
export async function queueDelivery(core: Pick<Core, 'clock'>, work: Work, input: { messageId: string; conversation: Conversation; seq: number; channelId?: string; address?: string; delayMs?: number }): Promise<void> {
  const now = core.clock();
  await work.c.outbox.insert({
    _id: input.messageId, conversationId: input.conversation._id, channelId: input.channelId ?? answerChannel(input.conversation), seq: input.seq,
    state: 'queued', attempts: 0, nextAt: now + (input.delayMs ?? 0), fence: 0, queuedAt: now,
    ...(input.address === undefined ? {} : { address: input.address }),
  });
}

async function refuseStale(work: Work, conversation: Conversation, personSeen: number | undefined): Promise<void> {
  if (personSeen === undefined) return;
  const newest = await personTalkedAt(work, conversation);
  if (newest <= personSeen) return;
  const root = await rootOf(work, conversation.customerId);
  const recent = await work.c.messages.timeline(root === undefined ? [conversation.customerId] : recordsOf(root), { limit: 20 });
  const newer = recent.filter((message) => (message.kind === 'in' || message.kind === 'out') && message.author.type !== 'bot' && message.receivedAt > personSeen);
  throw new AppError('stale_reply', 'Something newer reached this customer, or left for them, while you were writing.', {
    facts: { personSeen: newest, newer: newer.map((message) => ({ messageId: message._id, conversationId: message.conversationId, channelId: message.channelId, by: message.author.type, name: message.author.name, at: message.at, text: message.text.slice(0, 200) })) },
  });
}

/** When anybody last spoke with this person, on any channel. */
export async function personTalkedAt(work: Pick<Work, 'c'>, conversation: Conversation): Promise<number> {
  const root = await rootOf(work, conversation.customerId);
  const all = await work.c.conversations.ofCustomers(root === undefined ? [conversation.customerId] : recordsOf(root), 50);
  return Math.max(conversation.talkedAt, ...all.map((other) => other.talkedAt));
}

async function claimFiles(work: Work, viewer: Viewer, ids: readonly string[], carrier: { messageId: string; conversationId: string }): Promise<Attachment[]> {
  const files = await work.c.files.getMany(ids);
  const usable = files.filter((file) => file.uploadedBy === viewer.agentId && (file.messageId === undefined || file.messageId === carrier.messageId));
  if (usable.length !== ids.length) throw new AppError('bad_request', 'An attachment is gone or is not yours; please add it again.');
  for (const file of usable) await work.c.files.attach(file._id, carrier.messageId, carrier.conversationId);
  return ids.flatMap((id) => usable.find((file) => file._id === id)?.attachment ?? []);
}

async function remember(work: Work, conversation: Conversation, agentId: string): Promise<void> {
  const root = await rootOf(work, conversation.customerId);
  if (root === undefined || root.lastAgentId === agentId) return;
  await work.c.customers.change(root._id, { set: { lastAgentId: agentId, ...(conversation.teamId === undefined ? {} : { lastTeamId: conversation.teamId }) } });
}

/** Whoever answers opens the conversation again, or puts it where they said. */
export async function thenStatus(core: Core, work: Work, conversation: Conversation, done: { input: Pick<Input, 'andStatus' | 'snoozeUntil'>; answer: Message }): Promise<Conversation> {
  const { andStatus, snoozeUntil } = done.input;
  const wanted = andStatus ?? (conversation.status === 'open' || conversation.status === 'pending' ? conversation.status : 'open');
  if (wanted === conversation.status) return conversation;
  const { author, _id } = done.answer;
  const patch = statusPatch(core, { agentId: author.id ?? '' }, wanted, snoozeUntil);
  if (patch === undefined) throw new AppError('bad_request', 'Until when shall it be snoozed?');
  if (wanted === 'snoozed' && snoozeUntil !== undefined) await work.c.timers.set({ _id: `wake:${conversation._id}`, kind: 'wake_conversation', ref: conversation._id, dueAt: snoozeUntil });
  return addStep(core, work, { conversation, key: _id, step: patch.step, author, patch: patch.patch });
}
