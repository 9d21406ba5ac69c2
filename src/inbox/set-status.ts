import { AppError } from '../errors.js';
import { addStep } from './add-step.js';
import type { Viewer } from './api.js';
import { type Core, laneOf, type Work, workInLane } from './core.js';
import type { Conversation, ConversationStatus, Priority } from './model/conversation.js';
import type { Step } from './model/message.js';
import type { Patch } from './stores.js';
import { refuseHistory, seenConversation } from './permission.js';

const year = 366 * 86_400_000;

/** What a change of status writes: into the row, and as a step. `undefined`: snoozed without a time. */
export function statusPatch(core: Pick<Core, 'clock'>, viewer: Pick<Viewer, 'agentId'>, status: ConversationStatus, until?: number): { patch: Patch<Conversation>; step: Step } | undefined {
  if (status === 'snoozed') {
    if (until === undefined) return undefined;
    return { patch: { set: { status, snoozedUntil: until, snoozedBy: viewer.agentId } }, step: { type: 'snoozed', data: { until } } };
  }
  const unset: (keyof Conversation)[] = ['snoozedUntil', 'snoozedBy'];
  if (status === 'resolved') return { patch: { set: { status, resolvedAt: core.clock() }, unset }, step: { type: 'resolved' } };
  return { patch: { set: { status }, unset: [...unset, 'resolvedAt'] }, step: status === 'open' ? { type: 'reopened' } : { type: 'status_changed', data: { status } } };
}

/** One change by an agent, written as a step with who did it. Changes nothing when it is so already; `conflict` in an imported conversation, which may be tagged only. */
async function changeRow(core: Core, viewer: Viewer, conversationId: string, decide: (conversation: Conversation, work: Work) => Promise<{ patch: Patch<Conversation>; step: Step } | undefined>): Promise<Conversation> {
  const seen = await seenConversation({ c: core.store.now }, viewer, conversationId);
  return workInLane(core, laneOf(seen), async (work) => {
    const conversation = await seenConversation(work, viewer, conversationId);
    const change = await decide(conversation, work);
    if (change === undefined) return conversation;
    if (change.step.type !== 'tagged') refuseHistory(conversation);
    const agent = await work.c.agents.get(viewer.agentId);
    return addStep(core, work, { conversation, key: core.newId(), step: change.step, patch: change.patch, author: { type: 'agent', id: viewer.agentId, name: agent?.name ?? 'Agent' } });
  });
}

export async function setStatus(core: Core, viewer: Viewer, conversationId: string, status: Exclude<ConversationStatus, 'snoozed'>): Promise<Conversation> {
  return changeRow(core, viewer, conversationId, async (conversation, work) => {
    if (conversation.status === status) return undefined;
    await work.c.timers.clear(`wake:${conversationId}`);
    return statusPatch(core, viewer, status);
  });
}

/** Puts it aside until a time; the timer is durable. A customer's word wakes it earlier. */
export async function snooze(core: Core, viewer: Viewer, conversationId: string, until: number): Promise<Conversation> {
  const now = core.clock();
  if (until <= now || until > now + year) throw new AppError('bad_request', 'Snooze until a time in the coming year.');
  return changeRow(core, viewer, conversationId, async (_conversation, work) => {
    await work.c.timers.set({ _id: `wake:${conversationId}`, kind: 'wake_conversation', ref: conversationId, dueAt: until });
    return statusPatch(core, viewer, 'snoozed', until);
  });
}

/** The time has come, as the timer says; nothing when the conversation is awake already. */
export async function wakeConversation(core: Core, conversationId: string): Promise<void> {
  const seen = await core.store.now.conversations.get(conversationId);
  if (seen === undefined) return;
  await workInLane(core, laneOf(seen), async (work) => {
    const conversation = await work.c.conversations.get(conversationId);
    if (conversation?.status !== 'snoozed' || conversation.snoozedUntil === undefined || conversation.snoozedUntil > core.clock()) return;
    await addStep(core, work, {
      conversation, key: String(conversation.snoozedUntil), step: { type: 'woken', reason: 'the time it was snoozed until has come' },
      patch: { set: { status: 'open' }, unset: ['snoozedUntil', 'snoozedBy'] },
    });
  });
}

export async function setPriority(core: Core, viewer: Viewer, conversationId: string, priority: Priority): Promise<Conversation> {
  return changeRow(core, viewer, conversationId, (conversation) => Promise.resolve(
    conversation.priority === priority ? undefined : { patch: { set: { priority } }, step: { type: 'priority_changed', data: { from: conversation.priority, to: priority } } },
  ));
}

/** Trimmed, lower case, each once, at most 20 of 40 characters. */
export function cleanTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim().toLowerCase().slice(0, 40)).filter(Boolean))].slice(0, 20);
}

/** Replaces the tags. What is searched by tag is brought up to date by a job. */
export async function setTags(core: Core, viewer: Viewer, conversationId: string, tags: readonly string[]): Promise<Conversation> {
  const clean = cleanTags(tags);
  return changeRow(core, viewer, conversationId, (conversation, work) => {
    if (clean.join('\n') === conversation.tags.join('\n')) return Promise.resolve(undefined);
    work.fx.job('index', conversationId);
    return Promise.resolve({ patch: { set: { tags: clean } }, step: { type: 'tagged', data: { tags: clean } } });
  });
}

export async function setSubject(core: Core, viewer: Viewer, conversationId: string, subject: string): Promise<Conversation> {
  const seen = await seenConversation({ c: core.store.now }, viewer, conversationId);
  return workInLane(core, laneOf(seen), async (work) => {
    const changed = await work.c.conversations.change(conversationId, {}, { set: { subject: subject.trim().slice(0, 300), changeSeq: core.changes.next() } });
    if (changed !== undefined) work.fx.conversation(changed.after);
    return changed?.after ?? seen;
  });
}

/** Seen up to here by somebody in charge: the assignee, or anybody while nobody is assigned. Never goes back. */
export async function markRead(core: Core, viewer: Viewer, conversationId: string, seq: number): Promise<Conversation> {
  const seen = await seenConversation({ c: core.store.now }, viewer, conversationId);
  const inCharge = seen.assigneeId === undefined || seen.assigneeId === viewer.agentId;
  if (!inCharge || seen.readSeq >= Math.min(seq, seen.lastSeq)) return seen;
  return workInLane(core, laneOf(seen), async (work) => {
    const upTo = Math.min(seq, seen.lastSeq);
    const changed = await work.c.conversations.change(conversationId, { readSeqBelow: upTo }, { set: { readSeq: upTo, changeSeq: core.changes.next() } });
    if (changed !== undefined) work.fx.conversation(changed.after);
    return changed?.after ?? seen;
  });
}

/** An agent says that nothing is owed here; the wait is kept as that, with the reason in the conversation. */
export async function noAnswerNeeded(core: Core, viewer: Viewer, conversationId: string, reason: string): Promise<Conversation> {
  return changeRow(core, viewer, conversationId, (conversation) => Promise.resolve(
    conversation.waitId === undefined ? undefined : { patch: {}, step: { type: 'not_needed', reason, data: { waitId: conversation.waitId } } },
  ));
}
