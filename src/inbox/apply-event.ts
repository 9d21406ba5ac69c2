import { assertNever } from '../errors.js';
import { addStep } from './add-step.js';
import { applyDelete, applyEdit, applyReaction } from './apply-change.js';
import { applyMessage } from './apply-message.js';
import { applyReceipt } from './apply-receipt.js';
import { applyThreadEvent } from './apply-thread-event.js';
import type { Core, Work } from './core.js';
import { laneOf } from './core.js';
import { recomputePerson } from './clock/recompute.js';
import { blockReplies } from './mark-delivery.js';
import { matchThread } from './match-thread.js';
import { earlyEvents, findByExternalId, keepForLater } from './early-events.js';
import type { Conversation } from './model/conversation.js';
import type { DeliveryEvent, IdentityEvent, InboundEvent, MessageEvent } from './model/event.js';
import { keepMirrorReply } from './mirror-reply.js';
import type { Message } from './model/message.js';
import { identityIdOf, recogniseSender } from './recognise-sender.js';

export type Applied = { state: 'applied'; messageId?: string } | { state: 'ignored'; reason: string };

/** Makes of one event of the ledger what it means. Idempotent; call it in the event's lane. */
export async function applyEvent(core: Core, work: Work, event: InboundEvent): Promise<Applied> {
  switch (event.type) {
    case 'message': {
      if (await concernsNobody(work, event)) return { state: 'ignored', reason: 'a colleague wrote where no customer has written' };
      const message = await applyMessage(core, work, event);
      for (const early of await earlyEvents(work, event)) {
        await applyEvent(core, work, early.event);
        await work.c.early.remove(early.id);
      }
      return { state: 'applied', messageId: message._id };
    }
    case 'edit': return applyEdit(core, work, event);
    case 'delete': return applyDelete(core, work, event);
    case 'reaction': return applyReaction(core, work, event);
    case 'thread': return applyThreadEvent(core, work, event);
    case 'receipt': return applyReceipt(core, work, event);
    case 'delivery': return applyDelivery(core, work, event);
    case 'identity': return applyIdentity(core, work, event);
    case 'ignored': return await keepMirrorReply(core, work, event) ?? { state: 'ignored', reason: event.reason };
    default: return assertNever(event);
  }
}

/** Something of ours, to nobody we are told of, in a thread that no customer has written in: no conversation of the inbox. */
async function concernsNobody(work: Work, event: MessageEvent): Promise<boolean> {
  if (event.direction === 'in' || event.recipient !== undefined || event.echoOf !== undefined) return false;
  if (await work.c.threads.find(`${event.channelId}:${event.thread.key}`) !== undefined) return false;
  return await findByExternalId(work, event.channelId, event.externalId) === undefined;
}

/** The lane an event is applied in: its conversation's, or its thread's where there is none yet. Reads only. */
export async function laneOfEvent(core: Core, event: InboundEvent): Promise<string> {
  if ('threadKey' in event) return laneOf({ channelId: event.channelId, threadKey: event.threadKey });
  if (event.type === 'identity') return `${event.channelId}:${event.sender.externalUserId}`;
  if (event.type === 'ignored') return event.eventId;
  if (event.type === 'delivery') {
    const target = await findTarget({ c: core.store.now }, event);
    const conversation = target === undefined ? undefined : await core.store.now.conversations.get(target.conversationId);
    return conversation === undefined ? event.eventId : laneOf(conversation);
  }
  if (event.thread.keyIs === 'exact' && event.thread.tokenConversationId === undefined) return laneOf({ channelId: event.channelId, threadKey: event.thread.key });
  const customerSide = event.direction === 'in' ? event.sender : event.recipient ?? event.sender;
  const identity = await core.store.now.identities.get(identityIdOf(customerSide));
  const match = await matchThread(core, { c: core.store.now }, event, identity?.customerId);
  return match.to === 'known' ? laneOf(match.conversation) : laneOf({ channelId: event.channelId, threadKey: match.threadKey });
}

async function findTarget(work: Pick<Work, 'c'>, event: DeliveryEvent): Promise<Message | undefined> {
  for (const target of event.targets) {
    const message = await findByExternalId(work, event.channelId, target);
    if (message !== undefined) return message;
  }
  return undefined;
}

/** What became of something we sent. A bounce fails our message, says so in the conversation and lets the customer's clock run on. */
async function applyDelivery(core: Core, work: Work, event: DeliveryEvent): Promise<Applied> {
  const message = await findTarget(work, event);
  if (message === undefined) {
    // Where our mails come from nobody but us, a bounce of another mail stays one; elsewhere the send call may still be under way.
    if (core.channels().get(event.channelId)?.kind === 'email') return { state: 'ignored', reason: `about a message we did not send: ${event.reason}` };
    return keepForLater(core, work, event, event.targets[0] ?? '');
  }
  const conversation = await work.c.conversations.get(message.conversationId);
  if (conversation === undefined) return { state: 'ignored', reason: 'its conversation is gone' };
  const attempts = message.delivery?.attempts ?? 0;
  const delivery = event.state === 'delayed'
    ? { ...message.delivery, state: 'sent' as const, at: event.receivedAt, attempts, reason: event.reason }
    : { ...message.delivery, state: event.state, at: event.receivedAt, attempts, reason: event.reason, ...(event.because === undefined ? {} : { because: event.because }) };
  const after = await work.c.messages.setDelivery(message._id, delivery) ?? message;
  let row = conversation;
  if (event.state === 'failed' && message.delivery?.state !== 'failed') {
    row = await addStep(core, work, { conversation, key: event.eventId, step: { type: 'bounced', reason: event.reason, data: { messageId: message._id } } });
    row = await blockReplies(core, work, await clockRunsOn(core, work, row, after), event);
  }
  work.fx.conversation((await work.c.conversations.change(row._id, {}, { set: { changeSeq: core.changes.next() } }))?.after ?? row, after);
  return { state: 'applied', messageId: message._id };
}

/** An undelivered answer was none: everything stands as if it had not been given. */
async function clockRunsOn(core: Core, work: Work, conversation: Conversation, failed: Message): Promise<Conversation> {
  if (failed.reachedAt === undefined) return conversation;
  await work.c.messages.change(failed._id, { unset: ['reachedAt'] });
  await recomputePerson(core, work, conversation.customerId, 'the answer was not delivered');
  const now = await work.c.conversations.get(conversation._id);
  if (now?.waitId === undefined || now.status === 'open' || now.status === 'spam') return now ?? conversation;
  return addStep(core, work, { conversation: now, key: `${failed._id}:undelivered`, step: { type: 'reopened', reason: 'the answer was not delivered' }, patch: { set: { status: 'open' }, unset: ['snoozedUntil', 'snoozedBy', 'resolvedAt'] } });
}

async function applyIdentity(core: Core, work: Work, event: IdentityEvent): Promise<Applied> {
  const who = await recogniseSender(core, work, { sender: event.sender, channelId: event.channelId, at: event.receivedAt });
  const addresses = event.sender.aliases.filter((alias) => alias.type === 'email').map((alias) => alias.value);
  for (const conversation of await work.c.conversations.ofCustomers([who.identity.customerId], 5)) {
    if (conversation.identityId !== who.identity._id) continue;
    const changed = await work.c.conversations.change(conversation._id, {}, {
      set: { customerName: who.root.name, participants: [...new Set([...conversation.participants, ...addresses])].slice(0, 100), changeSeq: core.changes.next() },
    });
    if (changed !== undefined) work.fx.conversation(changed.after);
  }
  work.fx.customer(who.root._id);
  return { state: 'applied' };
}
