import { messageOf } from '../errors.js';
import { applyEvent, laneOfEvent } from './apply-event.js';
import { type Core, Effects } from './core.js';
import type { InboundEvent, LedgerRow } from './model/event.js';

/** After this many failed attempts an event is set aside, with its reason, for a person to look at. */
const attemptsAllowed = 5;
/** An event that was held by this many processes when they died is set aside unread. */
const deathsAllowed = 2;

/**
 * Takes one event into the ledger and applies it. When the promise resolves, the event is durable and the provider may
 * be told 2xx; `duplicate` is a success. Rejects with `store_unavailable` when it is not durable: the provider must try
 * again. With a store that shares commits the event is applied in the same commit; otherwise a job applies it.
 */
export async function receiveInboundEvent(core: Core, event: InboundEvent): Promise<'new' | 'duplicate'> {
  const lane = await laneOfEvent(core, event);
  return new Promise((resolve, reject) => {
    core.lanes.run(lane, async () => {
      const outcome = await record(core, event);
      resolve(outcome);
      // The provider has its answer; what came after this event in its lane waits until it is applied.
      if (outcome === 'new' && !core.store.sharesCommits) await applyInLane(core, ledgerRow(event), event);
    }).catch(reject);
  });
}

async function record(core: Core, event: InboundEvent): Promise<'new' | 'duplicate'> {
  const effects = new Effects();
  const outcome = await core.store.work(async (c) => {
    const row = core.store.sharesCommits ? rowAsApplied(core, event) : ledgerRow(event);
    if (await c.ledger.insert(row) === 'duplicate') return 'duplicate' as const;
    core.crashAt('ledger-written');
    if (core.store.sharesCommits) await applyRow(core, { c, fx: effects }, row, event);
    return 'new' as const;
  });
  core.crashAt('event-durable');
  await effects.release(core);
  return outcome;
}

async function applyInLane(core: Core, row: LedgerRow, event: InboundEvent): Promise<void> {
  const effects = new Effects();
  try {
    await core.store.work((c) => applyRow(core, { c, fx: effects }, row, event));
    await effects.release(core);
  } catch (error) {
    core.log.error({ ledgerId: row._id, err: error }, 'an event is in the ledger and could not be applied yet; the sweeper will');
  }
}

/** Several events of one delivery. A bad one does not lose the others; the first that could not be made durable is thrown at the end. */
export async function receiveInboundEvents(core: Core, events: readonly InboundEvent[]): Promise<void> {
  const results = await Promise.allSettled(events.map((event) => receiveInboundEvent(core, event)));
  const failed = results.find((result): result is PromiseRejectedResult => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Applies an event that is in the ledger already: a job's work, the sweeper's, or a replay. */
export async function applyLedgerRow(core: Core, ledgerId: string): Promise<void> {
  const row = await core.store.now.ledger.get(ledgerId);
  const event = row?.event;
  if (row === undefined || row.state !== 'received' || event === undefined) return;
  await core.lanes.run(await laneOfEvent(core, event), () => applyInLane(core, row, event));
}

/** At start: whatever a dead process held is counted, set aside when it seems to kill processes, applied otherwise. */
export async function recoverLedger(core: Core): Promise<number> {
  const rows = await core.store.now.ledger.unfinished(10_000);
  for (const row of rows) {
    const counted = await core.store.now.ledger.countDeath(row._id);
    if (counted !== undefined && counted.deaths >= deathsAllowed && counted.attempts > 0) {
      await core.store.now.ledger.finish(row._id, { set: { state: 'failed', reason: 'the process died twice while applying it', doneAt: core.clock() } });
    } else core.jobs.add('apply', row._id);
  }
  return rows.length;
}

async function applyRow(core: Core, work: { c: Parameters<typeof applyEvent>[1]['c']; fx: Effects }, row: LedgerRow, event: InboundEvent): Promise<void> {
  try {
    const applied = await applyEvent(core, work, event);
    core.crashAt('event-applied');
    const messageId = 'messageId' in applied ? applied.messageId : undefined;
    if (row.state === 'applied' && applied.state === 'applied' && messageId === row.messageId) return;
    await work.c.ledger.finish(row._id, {
      set: { state: applied.state, doneAt: core.clock(), ...(applied.state === 'ignored' ? { reason: applied.reason } : {}), ...(messageId === undefined ? {} : { messageId }) },
    });
  } catch (error) {
    const attempts = row.attempts + 1;
    const givenUp = attempts >= attemptsAllowed;
    core.log.warn({ ledgerId: row._id, attempts, err: error }, givenUp ? 'an event could not be applied and was set aside' : 'an event could not be applied, it will be tried again');
    await work.c.ledger.finish(row._id, { set: { reason: messageOf(error).slice(0, 500), state: givenUp ? 'failed' : 'received', ...(givenUp ? { doneAt: core.clock() } : {}) }, inc: { attempts: 1 } });
    if (!givenUp) work.fx.job('apply', row._id, 500 * 2 ** attempts);
  }
}

function ledgerRow(event: InboundEvent): LedgerRow {
  return { _id: `${event.channelId}:${event.eventId}`, channelId: event.channelId, state: 'received', attempts: 0, deaths: 0, receivedAt: event.receivedAt, event };
}

/**
 * Where one commit carries the row and all that it leads to, the row can say so from the beginning: a power cut takes
 * back both or neither, and the hot path writes the row once. A failure says otherwise.
 */
function rowAsApplied(core: Core, event: InboundEvent): LedgerRow {
  const row = ledgerRow(event);
  return { ...row, state: 'applied', doneAt: core.clock(), ...(event.type === 'message' ? { messageId: `${event.channelId}:${event.externalId}` } : {}) };
}
