import type { Account, ChannelAdapter, DeliveryOutcome, DeliveryTools, Outbound } from '../adapters/contract.js';
import { AppError, messageOf } from '../errors.js';
import { applyEarly } from '../inbox/apply-early.js';
import type { Core } from '../inbox/core.js';
import { type AttemptEnd, markDelivery } from '../inbox/mark-delivery.js';
import type { Conversation } from '../inbox/model/conversation.js';
import type { Message } from '../inbox/model/message.js';
import type { OutboxRow } from '../inbox/model/outbox.js';
import { outboundOf } from './outbound.js';
import type { Pace } from './pace.js';

/** A channel that can send, ready for use. */
export interface Sender {
  adapter: ChannelAdapter;
  account: Account;
}

export interface DeliverDeps {
  core: Core;
  /** `undefined`: the channel is gone, paused or broken. */
  senderOf: (channelId: string) => Sender | undefined;
  /** Own mail addresses over all mailboxes; they never become recipients. */
  ownAddresses: () => ReadonlySet<string>;
  markBroken: (channelId: string, reason: string) => Promise<void>;
  noteSent: (channelId: string) => void;
  companyName: () => Promise<string>;
  pace: Pace;
  readBlob: (id: string) => Promise<Buffer | undefined>;
  /** 0 … 1 */
  random: () => number;
}

const leaseMs = 30_000;
/** Shorter than the lease, so that a slow provider ends as `unknown` here and not as an expired lease elsewhere. */
const attemptTimeoutMs = 25_000;
/** An older message of the same conversation holds a newer one back until it is tried, and for at most this long afterwards. */
const orderHoldMs = 60_000;
const hour = 3_600_000;
/** Mail is known to be slow; on any other channel an answer of yesterday is none. */
const giveUpAfterMs = (kind: string): number => (kind === 'email' ? 120 : 24) * hour;

/** Delivers one outbox row, if it is its turn. Running it twice sends once: the row is taken by one conditional update. */
export async function deliver(deps: DeliverDeps, outboxId: string): Promise<void> {
  const { core } = deps;
  const now = core.clock();
  const waiting = await core.store.now.outbox.get(outboxId);
  if (waiting === undefined || waiting.state !== 'queued') return;
  if (waiting.nextAt > now) {
    // A timer may fire a little early; without this the retry would wait for the sweeper.
    core.jobs.add('deliver', outboxId, { delayMs: waiting.nextAt - now });
    return;
  }
  const siblings = await core.store.now.outbox.ofConversation(waiting.conversationId);
  if (siblings.some((row) => row.seq < waiting.seq && now - (row.firstTriedAt ?? now) < orderHoldMs)) return;
  const turn = deps.pace.ask({ outboxId, channelId: waiting.channelId, conversationId: waiting.conversationId }, deps.senderOf(waiting.channelId)?.adapter.capabilities.rates ?? []);
  if (turn === 'queued') return;
  if (turn !== 'now') {
    core.jobs.add('deliver', outboxId, { delayMs: turn });
    return;
  }
  let end: AttemptEnd | undefined;
  let row: OutboxRow | undefined;
  try {
    row = await core.store.now.outbox.take(outboxId, now, leaseMs);
    if (row === undefined) return;
    core.crashAt('outbox-taken');
    end = await attempt(deps, row);
    if (end !== undefined) await markDelivery(core, row, end);
    core.crashAt('outbox-finished');
    if (end?.state === 'sent' || end?.state === 'delivered') await applyEarly(core, { channelId: row.channelId, conversationId: row.conversationId, externalIds: end.externalIds });
  } finally {
    const freed = deps.pace.done(waiting.channelId, end?.state === 'retry' && end.closesAccount === true ? end.nextAt - core.clock() : undefined);
    if (freed !== undefined) core.jobs.add('deliver', freed);
  }
  // Read anew: what was queued while this one was under way stepped back, and waits to be called.
  const next = (await core.store.now.outbox.ofConversation(row.conversationId)).find((sibling) => sibling.seq > row.seq);
  if (end?.state === 'retry') core.jobs.add('deliver', row._id, { delayMs: Math.max(0, end.nextAt - core.clock()) });
  else if (next !== undefined) core.jobs.add('deliver', next._id);
}

async function attempt(deps: DeliverDeps, row: OutboxRow): Promise<AttemptEnd | undefined> {
  const { core } = deps;
  const [message, conversation] = await Promise.all([core.store.now.messages.get(row._id), core.store.now.conversations.get(row.conversationId)]);
  if (message === undefined || conversation === undefined) {
    // The process died between the outbox row and its message: nothing was promised to anybody.
    await core.store.now.outbox.finish(row._id, row.fence);
    return undefined;
  }
  const sender = deps.senderOf(row.channelId);
  if (sender === undefined) return retryOrFail(deps, row, { result: 'retry', afterMs: 60_000, reason: 'the channel is paused or broken' }, 'webchat');
  await core.store.now.messages.setDelivery(row._id, { state: 'sending', at: core.clock(), attempts: row.attempts, ...(message.delivery?.ids === undefined ? {} : { ids: message.delivery.ids }) });
  core.crashAt('sending-written');
  const outcome = await send(deps, sender, { row, message, conversation });
  core.crashAt('answer-received');
  if (outcome.result === 'rejected' && outcome.channelBroken === true) await deps.markBroken(row.channelId, outcome.reason);
  if (outcome.result === 'sent' || outcome.result === 'delivered') deps.noteSent(row.channelId);
  return retryOrFail(deps, row, outcome, sender.adapter.kind);
}

async function send(deps: DeliverDeps, sender: Sender, what: { row: OutboxRow; message: Message; conversation: Conversation }): Promise<DeliveryOutcome> {
  let outbound: Outbound;
  try {
    outbound = await outboundOf(deps, sender, what);
  } catch (error) {
    return { result: 'retry', reason: `could not be prepared: ${messageOf(error)}` };
  }
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<DeliveryOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ result: 'unknown', reason: 'no answer within 25 s' }), attemptTimeoutMs);
  });
  try {
    return await Promise.race([sender.adapter.deliver(outbound, sender.account, toolsFor(deps, what.row)), tooLong]);
  } catch (error) {
    deps.core.log.error({ outboxId: what.row._id, err: error }, 'an adapter threw while sending');
    return { result: 'unknown', reason: messageOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

function toolsFor(deps: DeliverDeps, row: OutboxRow): DeliveryTools {
  const { core } = deps;
  return {
    partSent: async (externalId) => {
      const held = await core.store.now.outbox.get(row._id);
      if (held?.fence !== row.fence) throw new AppError('conflict', 'somebody else is sending this message now');
      await core.store.now.externalIds.insert({ _id: `${row.channelId}:${externalId}`, messageId: row._id, conversationId: row.conversationId });
      await core.store.now.messages.notePart(row._id, externalId);
      core.crashAt('part-noted');
    },
    readFile: async (attachment) => {
      const bytes = await deps.readBlob(attachment.id);
      if (bytes === undefined) throw new AppError('gone', `The file ${attachment.name} is not stored any more.`);
      return bytes;
    },
  };
}

function retryOrFail(deps: DeliverDeps, row: OutboxRow, outcome: DeliveryOutcome, kind: string): AttemptEnd {
  switch (outcome.result) {
    case 'sent': case 'delivered':
      return { state: outcome.result, externalIds: outcome.externalIds ?? [], ...(outcome.reason === undefined ? {} : { reason: outcome.reason }) };
    case 'rejected': return { state: 'failed', reason: outcome.reason, ...(outcome.because === undefined ? {} : { because: outcome.because }) };
    case 'unknown': return { state: 'unknown', reason: outcome.reason };
    case 'retry': {
      const now = deps.core.clock();
      if (now - row.queuedAt > giveUpAfterMs(kind)) return { state: 'failed', reason: `given up after ${row.attempts} attempts: ${outcome.reason}` };
      const backoff = Math.min(600_000, 1_000 * 2 ** Math.min(row.attempts, 12)) * (0.5 + deps.random() / 2);
      return { state: 'retry', nextAt: now + Math.round(outcome.afterMs ?? backoff), reason: outcome.reason, ...(outcome.scope === 'account' ? { closesAccount: true } : {}) };
    }
  }
}

/**
 * Leases that ran out: the process died, or hung, between taking the row and writing the outcome. Where sending the same
 * id twice is safe it goes back to the queue; elsewhere nobody knows, and an agent decides.
 * `heldByTheDead`: at start, when whoever holds a lease can only be a process that is gone.
 */
export async function settleExpired(deps: DeliverDeps, options: { heldByTheDead?: boolean } = {}): Promise<void> {
  const { core } = deps;
  const until = options.heldByTheDead === true ? core.clock() + leaseMs : core.clock();
  for (const row of await core.store.now.outbox.expired(until, 1_000)) {
    const safe = deps.senderOf(row.channelId)?.adapter.capabilities.idempotency === 'key';
    const message = await core.store.now.messages.get(row._id);
    const begun = message?.delivery?.state === 'sending';
    await markDelivery(core, row, safe || !begun
      ? { state: 'retry', nextAt: core.clock(), reason: 'taken up again after an interruption' }
      : { state: 'unknown', reason: 'interrupted while sending: it may have been sent' });
    if (safe || !begun) core.jobs.add('deliver', row._id);
  }
}
