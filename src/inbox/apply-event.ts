import { assertNever } from '../errors.js';
import { addStep } from './add-step.js';
import { applyMessage } from './apply-message.js';
import type { Core, Work } from './core.js';
import { laneOf } from './core.js';
import { startClock, rootOf } from './customers-clock.js';
import { matchThread } from './match-thread.js';
import type { DeliveryEvent, IdentityEvent, InboundEvent, ReceiptEvent } from './model/event.js';
import type { Message } from './model/message.js';
import { identityIdOf, recogniseSender } from './recognise-sender.js';

export type Applied = { state: 'applied'; messageId?: string } | { state: 'ignored'; reason: string };

/** Makes of one event of the ledger what it means. Idempotent; call it in the event's lane. */
export async function applyEvent(core: Core, work: Work, event: InboundEvent): Promise<Applied> {
  switch (event.type) {
    case 'message': return { state: 'applied', messageId: (await applyMessage(core, work, event))._id };
    case 'receipt': return applyReceipt(core, work, event);
    case 'delivery': return applyDelivery(core, work, event);
    case 'identity': return applyIdentity(core, work, event);
    case 'ignored': return { state: 'ignored', reason: event.reason };
    default: return assertNever(event);
  }
}

/** The lane an event is applied in: its conversation's, or its thread's where there is none yet. Reads only. */
export async function laneOfEvent(core: Core, event: InboundEvent): Promise<string> {
  if (event.type === 'receipt') return laneOf({ channelId: event.channelId, threadKey: event.threadKey });
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

async function applyReceipt(core: Core, work: Work, event: ReceiptEvent): Promise<Applied> {
  const thread = await work.c.threads.find(`${event.channelId}:${event.threadKey}`);
  const conversation = thread === undefined ? undefined : await work.c.conversations.get(thread.conversationId);
  if (conversation === undefined) return { state: 'ignored', reason: 'no such thread' };
  const behind = event.state === 'read' ? ['queued', 'sending', 'sent', 'delivered'] as const : ['queued', 'sending', 'sent'] as const;
  const moved: Message[] = [];
  for (const message of await work.c.messages.undelivered(conversation._id, event.upToSeq, behind)) {
    const delivery = { ...message.delivery, attempts: message.delivery?.attempts ?? 0, state: event.state, at: event.receivedAt };
    const after = await work.c.messages.setDelivery(message._id, delivery);
    if (after !== undefined) moved.push(after);
  }
  const seen = event.state === 'read' && event.upToSeq > (conversation.customerReadSeq ?? 0) ? { customerReadSeq: event.upToSeq } : {};
  if (moved.length === 0 && seen.customerReadSeq === undefined) return { state: 'applied' };
  const changed = await work.c.conversations.change(conversation._id, {}, { set: { ...seen, changeSeq: core.changes.next() } });
  if (changed !== undefined) work.fx.conversation(changed.after, ...moved);
  return { state: 'applied' };
}

async function findTarget(work: Pick<Work, 'c'>, event: DeliveryEvent): Promise<Message | undefined> {
  for (const target of event.targets) {
    const id = `${event.channelId}:${target}`;
    const alias = await work.c.externalIds.get(id);
    const message = await work.c.messages.get(alias?.messageId ?? id);
    if (message !== undefined) return message;
  }
  return undefined;
}

/** What became of something we sent. A bounce fails our message, says so in the conversation and lets the customer's clock run on. */
async function applyDelivery(core: Core, work: Work, event: DeliveryEvent): Promise<Applied> {
  const message = await findTarget(work, event);
  if (message === undefined) return { state: 'ignored', reason: `about a message we did not send: ${event.reason}` };
  const conversation = await work.c.conversations.get(message.conversationId);
  if (conversation === undefined) return { state: 'ignored', reason: 'its conversation is gone' };
  const attempts = message.delivery?.attempts ?? 0;
  const delivery = event.state === 'delayed'
    ? { ...message.delivery, state: 'sent' as const, at: event.receivedAt, attempts, reason: event.reason }
    : { ...message.delivery, state: event.state, at: event.receivedAt, attempts, reason: event.reason };
  const after = await work.c.messages.setDelivery(message._id, delivery) ?? message;
  let row = conversation;
  if (event.state === 'failed' && message.delivery?.state !== 'failed') {
    row = await addStep(core, work, { conversation, key: event.eventId, step: { type: 'bounced', reason: event.reason, data: { messageId: message._id } } });
    row = await clockRunsOn(core, work, row, message);
  }
  work.fx.conversation((await work.c.conversations.change(row._id, {}, { set: { changeSeq: core.changes.next() } }))?.after ?? row, after);
  return { state: 'applied', messageId: message._id };
}

/** An undelivered answer was none: a new wait continues the one it had ended. */
async function clockRunsOn(core: Core, work: Work, conversation: Parameters<typeof startClock>[1], failed: Message): Promise<typeof conversation> {
  const waits = await work.c.waits.ofConversation(conversation._id);
  const ended = waits.find((wait) => wait.answer?.messageId === failed._id);
  const root = await rootOf(work, conversation.customerId);
  if (ended === undefined || root === undefined) return conversation;
  const clock = await startClock(work, conversation, root, { _id: `${failed._id}:undelivered`, channelId: ended.channelId, customerId: ended.customerId, at: ended.from, receivedAt: core.clock(), seq: ended.firstSeq });
  if (clock.waitId === undefined) return conversation;
  const changed = await work.c.conversations.change(conversation._id, { waitId: null }, { set: { ...clock, status: 'open', changeSeq: core.changes.next() } });
  return changed?.after ?? conversation;
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
