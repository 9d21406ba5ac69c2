import { AppError } from '../errors.js';
import type { Viewer } from './api.js';
import { changeMessage, reactionsAfter } from './apply-change.js';
import { type Core, laneOf, type Work, workInLane } from './core.js';
import type { Message } from './model/message.js';
import { seenConversation } from './permission.js';
import type { ChannelActions } from './ports.js';
import type { Patch } from './stores.js';

export type MessageChange = { type: 'edit'; text: string } | { type: 'delete' } | { type: 'react'; emoji: string; on: boolean };

/**
 * An agent changes what we said, takes it back, or reacts. The provider first, then our own record: what customers see
 * decides, and doing it again is the same as once. Throws `conflict` when the channel cannot, or will not, do it.
 */
export async function actOnMessage(core: Core, provider: ChannelActions, viewer: Viewer, messageId: string, change: MessageChange): Promise<Message> {
  const message = await core.store.now.messages.get(messageId);
  if (message === undefined) throw new AppError('not_found', 'There is no such message.');
  const conversation = await seenConversation({ c: core.store.now }, viewer, message.conversationId);
  const target = targetOf(message, change);
  if (!provider.can(message.channelId).includes(change.type)) throw new AppError('conflict', 'This channel cannot do that.');
  const outcome = await provider.act(message.channelId, { ...change, target }, { conversation });
  if (!outcome.ok) throw new AppError('conflict', `The channel did not do it: ${outcome.reason}`);
  const agent = await core.store.now.agents.get(viewer.agentId);
  return workInLane(core, laneOf(conversation), async (work) => {
    const now = await work.c.messages.get(messageId) ?? message;
    await changeMessage(core, work, now, patchOf(core, now, change, { id: viewer.agentId, name: agent?.name ?? 'Agent' }));
    return await work.c.messages.get(messageId) ?? now;
  });
}

/** Tells the customer's side that their message was seen, or that somebody types. Not kept, and no error when it fails. */
export async function signAtProvider(core: Pick<Core, 'store' | 'log'>, provider: ChannelActions, conversationId: string, sign: 'read' | 'typing' | 'typing_ended'): Promise<void> {
  const conversation = await core.store.now.conversations.get(conversationId);
  const type = sign === 'read' ? 'read' : 'typing';
  if (conversation === undefined || !provider.can(conversation.channelId).includes(type)) return;
  const newest = type === 'read' ? await newestIn({ c: core.store.now }, conversationId, conversation.lastInSeq) : undefined;
  if (type === 'read' && newest === undefined) return;
  const outcome = await provider.act(conversation.channelId, newest === undefined ? { type: 'typing', on: sign === 'typing' } : { type: 'read', target: nameOf(newest) }, { conversation });
  if (!outcome.ok) core.log.info({ conversationId, sign, reason: outcome.reason }, 'a sign did not reach the channel');
}

async function newestIn(work: Pick<Work, 'c'>, conversationId: string, seq: number): Promise<Message | undefined> {
  return seq === 0 ? undefined : work.c.messages.bySeq(conversationId, seq);
}

function targetOf(message: Message, change: MessageChange): string {
  if (message.kind === 'in' && change.type === 'react') return nameOf(message);
  if (message.kind !== 'out' || message.author.type === 'outside') throw new AppError('conflict', change.type === 'react' ? 'There is nothing to react to.' : 'Only what we sent from here can be changed.');
  const [id, ...more] = message.delivery?.ids ?? [];
  if (id === undefined) throw new AppError('conflict', 'It has not been sent yet.');
  if (more.length > 0 && change.type !== 'react') throw new AppError('conflict', 'It went out in several parts and cannot be changed as one.');
  return id;
}

/** What the channel calls a message that came in. */
function nameOf(message: Message): string {
  return message._id.slice(message.channelId.length + 1);
}

function patchOf(core: Pick<Core, 'clock'>, message: Message, change: MessageChange, agent: { id: string; name: string }): Patch<Message> {
  const now = core.clock();
  switch (change.type) {
    case 'edit': return { set: { text: change.text, revisions: [...message.revisions ?? [], { revision: message.revision ?? '', text: message.text, until: now }].slice(-20) } };
    case 'delete': return { set: { deleted: { at: now, by: 'agent' } } };
    case 'react': return { set: { reactions: reactionsAfter(message.reactions ?? [], { by: `agent:${agent.id}`, name: agent.name, op: change.on ? 'add' : 'remove', emoji: change.emoji }) } };
  }
}
