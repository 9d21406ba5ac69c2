import type { Core } from '../inbox/core.js';
import { type DeliverDeps, settleExpired } from './deliver.js';
import { sweepMirrors } from './mirror.js';
import { recordMissedDeadlines } from './target-timers.js';
import { runDueTimers, type TimerDeps } from './timers.js';

export interface SweepDeps {
  core: Core;
  deliver: DeliverDeps;
  timers: TimerDeps;
  ledgerKeepMs: number;
}

const perRound = 500;
/** What came before the post it is about waits so long for it. */
const earlyKeptMs = 7 * 86_400_000;
/** An event that nobody has applied after this time is taken up again. */
const staleAfterMs = 15_000;

/**
 * At start, once: what the process before this one left in its hands is taken up now and not when its leases run out.
 * Right for one process on a store; with several, the holder of a lease has to be known first.
 */
export async function recoverWork(deps: SweepDeps): Promise<void> {
  await settleExpired(deps.deliver, { heldByTheDead: true });
  await recordMissedDeadlines(deps.core);
  for (const timer of await deps.core.store.now.timers.ofKind('bot_turn', perRound)) deps.core.jobs.add('bot_turn', timer.ref);
}

/**
 * Finishes what a crash, a lost job or a clock left undone: due outbox rows, expired leases, due timers, unapplied events.
 * Cheap when there is nothing to do: each look is one indexed query. Returns how much it found.
 */
export async function sweep(deps: SweepDeps): Promise<number> {
  const { core } = deps;
  const now = core.clock();
  await settleExpired(deps.deliver);
  const due = await core.store.now.outbox.due(now, perRound);
  for (const row of due) core.jobs.add('deliver', row._id);
  const timers = await runDueTimers(deps.timers, perRound);
  const fetches = await core.store.now.fetches.due(now, perRound);
  for (const fetch of fetches) core.jobs.add('fetch_file', fetch._id);
  const mirrored = await sweepMirrors(core, perRound);
  await core.store.now.early.forget(now - earlyKeptMs, perRound);
  const unfinished = (await core.store.now.ledger.unfinished(perRound)).filter((row) => row.receivedAt < now - staleAfterMs);
  for (const row of unfinished) core.jobs.add('apply', row._id);
  const compacted = await core.store.now.ledger.compact(now - deps.ledgerKeepMs, perRound);
  return due.length + timers + fetches.length + mirrored + unfinished.length + compacted;
}
