import type { Applied } from './apply-event.js';
import type { Core, Work } from './core.js';
import { findByExternalId, keepForLater } from './early-events.js';
import type { Conversation } from './model/conversation.js';
import type { ReceiptEvent } from './model/event.js';
import type { Message } from './model/message.js';

/** The customer has received or seen everything up to a message. States never go backwards. */
export async function applyReceipt(core: Core, work: Work, event: ReceiptEvent): Promise<Applied> {
  const upTo = event.upToId === undefined ? undefined : await findByExternalId(work, event.channelId, event.upToId);
  if (event.upToId !== undefined && upTo === undefined) return keepForLater(core, work, event, event.upToId);
  const thread = await work.c.threads.find(`${event.channelId}:${event.threadKey}`);
  const conversationId = upTo?.conversationId ?? thread?.conversationId;
  const conversation = conversationId === undefined ? undefined : await work.c.conversations.get(conversationId);
  if (conversation === undefined) return { state: 'ignored', reason: 'no such thread' };
  const upToSeq = event.upToSeq ?? upTo?.seq ?? conversation.lastSeq;
  const moved = await moveOn(work, conversation, event, upToSeq);
  const newest = event.upToSeq ?? upTo?.seq ?? moved.at(-1)?.seq ?? 0;
  const seen = event.state === 'read' && newest > (conversation.customerReadSeq ?? 0) ? { customerReadSeq: newest } : {};
  if (moved.length === 0 && seen.customerReadSeq === undefined) return { state: 'applied' };
  const changed = await work.c.conversations.change(conversation._id, {}, { set: { ...seen, changeSeq: core.changes.next() } });
  if (changed !== undefined) work.fx.conversation(changed.after, ...moved);
  return { state: 'applied' };
}

async function moveOn(work: Work, conversation: Conversation, event: ReceiptEvent, upToSeq: number): Promise<Message[]> {
  const behind = event.state === 'read' ? ['queued', 'sending', 'sent', 'delivered', 'unknown'] as const : ['queued', 'sending', 'sent', 'unknown'] as const;
  const moved: Message[] = [];
  for (const message of await work.c.messages.undelivered(conversation._id, upToSeq, behind)) {
    if (event.upToTime !== undefined && (message.at > event.upToTime || message.delivery?.state === 'queued')) continue;
    const after = await work.c.messages.setDelivery(message._id, { ...message.delivery, attempts: message.delivery?.attempts ?? 0, state: event.state, at: event.receivedAt });
    if (after !== undefined) moved.push(after);
  }
  return moved;
}
