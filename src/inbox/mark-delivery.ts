import { addStep } from './add-step.js';
import { type Core, laneOf, type Work, workInLane } from './core.js';
import { answerReached } from './clock/keep.js';
import type { Millis } from './model/common.js';
import type { Conversation } from './model/conversation.js';
import type { Delivery, Message, RejectedBecause } from './model/message.js';
import type { OutboxRow } from './model/outbox.js';

/** How one attempt ended, as the worker understood the adapter. */
export type AttemptEnd =
  | { state: 'sent' | 'delivered'; externalIds: string[]; reason?: string }
  /** `closesAccount`: the provider wants nothing at all of this account until then. */
  | { state: 'retry'; nextAt: Millis; reason: string; closesAccount?: boolean }
  | { state: 'failed'; reason: string; because?: RejectedBecause }
  | { state: 'unknown'; reason: string };

/** A visitor who left is written to by mail after this time without having seen the answer. */
const continueByMailMs = 2 * 60_000;

/**
 * Writes down how an attempt ended: the message's delivery, the outbox row, the provider's ids, and, when it reached the
 * customer, the end of their wait. An outcome under an old fence is dropped.
 */
export async function markDelivery(core: Core, row: OutboxRow, end: AttemptEnd): Promise<void> {
  const conversation = await core.store.now.conversations.get(row.conversationId);
  if (conversation === undefined) {
    await core.store.now.outbox.finish(row._id, row.fence);
    return;
  }
  await workInLane(core, laneOf(conversation), async (work) => {
    const mine = await work.c.outbox.get(row._id);
    if (mine === undefined || mine.fence !== row.fence) return;
    // A receipt may be faster than our own note of the sending: the state stays further on, what follows from it is due all the same.
    const message = await work.c.messages.setDelivery(row._id, deliveryOf(core, row, { end, ids: (await work.c.messages.get(row._id))?.delivery?.ids ?? [] })) ?? await work.c.messages.get(row._id);
    core.crashAt('delivery-written');
    if (end.state === 'sent' || end.state === 'delivered') {
      for (const externalId of end.externalIds) await work.c.externalIds.insert({ _id: `${row.channelId}:${externalId}`, messageId: row._id, conversationId: row.conversationId });
    }
    const current = await work.c.conversations.get(row.conversationId) ?? conversation;
    const after = message === undefined ? current : await consequences(core, work, current, { message, end, row });
    if (end.state === 'retry') await work.c.outbox.postpone(row._id, row.fence, end.nextAt);
    else await work.c.outbox.finish(row._id, row.fence);
    if (message === undefined) return;
    const changed = await work.c.conversations.change(after._id, {}, { set: { changeSeq: core.changes.next() } });
    work.fx.conversation(changed?.after ?? after, message);
  });
}

function deliveryOf(core: Core, row: OutboxRow, done: { end: AttemptEnd; ids: readonly string[] }): Delivery {
  const { end } = done;
  const at = core.clock();
  const ids = [...new Set([...done.ids, ...('externalIds' in end ? end.externalIds : [])])];
  const known = ids.length === 0 ? {} : { ids };
  if (end.state === 'retry') return { state: 'sending', at, attempts: row.attempts, reason: end.reason, nextAttemptAt: end.nextAt, ...known };
  return {
    state: end.state, at, attempts: row.attempts, ...known,
    ...(end.reason === undefined ? {} : { reason: end.reason }),
    ...('because' in end && end.because !== undefined ? { because: end.because } : {}),
  };
}

async function consequences(core: Core, work: Work, conversation: Conversation, done: { message: Message; end: AttemptEnd; row: OutboxRow }): Promise<Conversation> {
  const { message, end, row } = done;
  if (end.state === 'failed') return blockReplies(core, work, await tellThread(core, work, conversation, { message, end, row }), end);
  if (end.state === 'unknown') return tellThread(core, work, conversation, { message, end, row });
  if (end.state !== 'sent' && end.state !== 'delivered') return conversation;
  const after = await reachedCustomer(core, work, conversation, message);
  if (byPerson(message) && conversation.channelKind === 'webchat' && row.address === undefined && row.channelId === conversation.channelId) {
    await work.c.timers.set({ _id: `mail:${conversation._id}`, kind: 'continue_by_email', ref: conversation._id, dueAt: core.clock() + continueByMailMs });
  }
  return after;
}

/** Whoever answered from a mirrored thread does not see the message's state: a step tells them there. */
async function tellThread(core: Core, work: Work, conversation: Conversation, { message, end, row }: { message: Message; end: Extract<AttemptEnd, { state: 'failed' | 'unknown' }>; row: OutboxRow }): Promise<Conversation> {
  if (message.mirroredFrom === undefined) return conversation;
  const words = end.state === 'failed' ? 'was not delivered' : 'may not have been delivered';
  return addStep(core, work, { conversation, key: `${row._id}:${row.attempts}`, step: { type: 'mirrored' }, text: `What ${message.author.name} answered in the team’s thread ${words}: ${end.reason}` });
}

/** An agent, or a colleague who answered from a mirrored thread. */
function byPerson(message: Message): boolean {
  return message.author.type === 'agent' || message.mirroredFrom !== undefined;
}

/** Ends of sending after which nothing more can be sent here until the customer writes again. */
const blocking: readonly RejectedBecause[] = ['window_closed', 'blocked', 'opted_out'];

/** A refusal, at once or told later, may mean that nothing more is taken here: the composer says so. */
export async function blockReplies(core: Core, work: Work, conversation: Conversation, refusal: { because?: RejectedBecause; reason: string }): Promise<Conversation> {
  const { because, reason } = refusal;
  if (because === undefined || !blocking.includes(because)) return conversation;
  return (await work.c.conversations.change(conversation._id, {}, { set: { replyBlocked: { because, reason, at: core.clock() }, changeSeq: core.changes.next() } }))?.after ?? conversation;
}

/** A human's answer is with the customer: their wait ends. */
export async function reachedCustomer(core: Core, work: Work, conversation: Conversation, message: Message): Promise<Conversation> {
  const { author } = message;
  if ((author.type !== 'agent' && author.type !== 'outside') || message.kind !== 'out') return conversation;
  return answerReached(core, work, conversation, message);
}

/**
 * The visitor has left without seeing the answer and gave an address: what they have not seen goes out by mail, from the
 * mailbox given. Written as a step of the conversation with its own delivery state; the mail's id brings the reply back here.
 */
export async function continueByEmail(core: Core, input: { conversationId: string; mailboxId: string | undefined; mayContinue: (channelId: string) => boolean }): Promise<void> {
  const seen = await core.store.now.conversations.get(input.conversationId);
  if (seen === undefined || input.mailboxId === undefined || !input.mayContinue(seen.channelId)) return;
  const { mailboxId } = input;
  await workInLane(core, laneOf(seen), async (work) => {
    const conversation = await work.c.conversations.get(input.conversationId);
    const identity = conversation === undefined ? undefined : await work.c.identities.get(conversation.identityId);
    const address = identity?.aliases.filter((alias) => alias.type === 'email').at(-1)?.value;
    if (conversation === undefined || address === undefined) return;
    const page = await work.c.messages.page(conversation._id, { limit: 60 });
    const lastMailed = page.findLast((message) => message.step?.type === 'continued_by_email')?.seq ?? 0;
    const unseen = page.filter((message) => message.kind === 'out' && byPerson(message) && message.seq > lastMailed && (message.delivery?.state === 'sent' || message.delivery?.state === 'unknown'));
    const newest = unseen.at(-1);
    if (newest === undefined) return;
    const key = `mail:${newest.seq}`;
    const messageId = `${conversation.channelId}:step:continued_by_email:${conversation._id}-${key}`;
    const now = core.clock();
    await work.c.outbox.insert({ _id: messageId, conversationId: conversation._id, channelId: mailboxId, seq: conversation.lastSeq + 1, state: 'queued', attempts: 0, nextAt: now, fence: 0, queuedAt: now, address });
    await addStep(core, work, {
      conversation, key: `${conversation._id}-${key}`, step: { type: 'continued_by_email', data: { address } },
      text: unseen.map((message) => message.text).join('\n\n'),
      patch: { set: { participants: [...new Set([...conversation.participants, address])] } },
      author: newest.author,
      delivery: { state: 'queued', at: now, attempts: 0 },
    });
    work.fx.job('deliver', messageId);
  });
}
