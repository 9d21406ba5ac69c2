import type { Core, Work } from './core.js';
import type { Millis } from './model/common.js';
import type { Conversation, Wait } from './model/conversation.js';
import type { Customer } from './model/identity.js';
import type { Message } from './model/message.js';

/** All records of one person: the root and what was joined into it. */
export function recordsOf(root: Customer): string[] {
  return [root._id, ...root.joined];
}

/** The person a record belongs to now. */
export async function rootOf(work: Pick<Work, 'c'>, customerId: string): Promise<Customer | undefined> {
  const record = await work.c.customers.get(customerId);
  return record?.joinedInto === undefined ? record : work.c.customers.get(record.joinedInto);
}

/** Whether a message makes the customer wait. `acknowledgement`: it asks for nothing ("thanks"). */
export function asksForAnswer(message: Pick<Message, 'kind' | 'auto' | 'silent'>, conversation: Pick<Conversation, 'status'>, acknowledgement: boolean): boolean {
  return message.kind === 'in' && message.auto === undefined && message.silent === undefined && conversation.status !== 'spam' && !acknowledgement;
}

/**
 * Starts the customer's clock: a stored wait, and the row's `waitingSince`, which is the person's earliest open wait on
 * any channel. Returns what the row has to take over; does nothing when somebody waits here already.
 */
export async function startClock(work: Work, conversation: Conversation, root: Customer, message: Pick<Message, '_id' | 'channelId' | 'customerId' | 'at' | 'receivedAt'> & { seq: number }): Promise<Partial<Conversation>> {
  if (conversation.waitId !== undefined) return {};
  const wait: Wait = {
    _id: message._id,
    conversationId: conversation._id,
    customerId: message.customerId,
    channelId: message.channelId,
    ...(conversation.teamId === undefined ? {} : { teamId: conversation.teamId }),
    from: message.at,
    fromReceivedAt: message.receivedAt,
    firstSeq: message.seq,
    state: 'open',
  };
  await work.c.waits.insert(wait);
  const since = Math.min(message.at, root.waitingSince ?? message.at);
  if (root.waitingSince === undefined || since < root.waitingSince) await work.c.customers.change(root._id, { set: { waitingSince: since } });
  return { waitId: wait._id, waitingSince: since };
}

export type ClockEnd =
  | { state: 'answered'; at: Millis; answer: NonNullable<Wait['answer']> }
  | { state: 'not_needed' | 'abandoned'; at: Millis };

/** Stops the clock of this conversation; returns the row as it is then. The wait stays as a fact. */
export async function stopClock(core: Pick<Core, 'changes'>, work: Work, conversation: Conversation, end: ClockEnd): Promise<Conversation> {
  const { waitId } = conversation;
  if (waitId === undefined) return conversation;
  await work.c.waits.end(waitId, { state: end.state, to: end.at, ...(end.state === 'answered' ? { answer: end.answer } : {}) });
  const changed = await work.c.conversations.change(conversation._id, { waitId }, {
    set: { changeSeq: core.changes.next() }, unset: ['waitId', 'waitingSince'],
  });
  await refreshPersonsClock(work, conversation.customerId);
  return changed?.after ?? conversation;
}

/** The person's earliest open wait, anew from the facts. */
export async function refreshPersonsClock(work: Work, customerId: string): Promise<void> {
  const root = await rootOf(work, customerId);
  if (root === undefined) return;
  const open = await work.c.waits.openOf(recordsOf(root));
  const since = open.length === 0 ? undefined : Math.min(...open.map((wait) => wait.from));
  if (since === root.waitingSince) return;
  await work.c.customers.change(root._id, since === undefined ? { unset: ['waitingSince'] } : { set: { waitingSince: since } });
}
