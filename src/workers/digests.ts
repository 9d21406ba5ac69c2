import type { Logger } from 'pino';
import { messageOf } from '../errors.js';
import type { Millis } from '../inbox/model/common.js';
import type { Digest, DigestSend } from '../inbox/model/report.js';
import type { Collections } from '../inbox/stores.js';
import type { DigestMail } from '../reports/digest/make-digest.js';
import { type DigestPeriod, newestDue, periodOf } from '../reports/digest/period.js';

/** How the sending of one mail ended; `no_mailbox`: it was not tried. */
export type MailEnd =
  | { result: 'sent' }
  | { result: 'retry' | 'rejected' | 'unknown'; reason: string }
  | { result: 'no_mailbox' };

export interface DigestDeps {
  store: Pick<Collections, 'digests' | 'digestSends'>;
  clock: () => Millis;
  /** The mail for one recipient, with what they may see now; or why they get none. Throws when it could not be made this time. */
  make(digest: Digest, period: DigestPeriod, agentId: string): Promise<{ to: string; mail: DigestMail } | { leftOut: string }>;
  /** One attempt through the first mailbox. The same id is the same Message-ID. */
  send(id: string, to: string, mail: DigestMail): Promise<MailEnd>;
  hasMailbox(): boolean;
  /** For tests: kills the process at a named point. */
  crashAt(point: string): void;
  log: Logger;
}

const perRound = 50;
const minute = 60_000;
const retryAfter = [minute, 5 * minute, 15 * minute, 60 * minute, 180 * minute, 360 * minute];
/** What could not be sent so long after it was due is let go: a report of last week is no news. */
const staleAfter = 3 * 86_400_000;
/** Longer than any SMTP conversation may take. */
const heldMost = 15 * minute;
const keptFor = 400 * 86_400_000;

export const noMailbox = 'No mailbox is connected. Connect one in Settings, Channels, so that reports can be sent.';

/**
 * At start, once: mails that a dead process had in its hands. Whether they left is not known, so nobody gets a second one.
 * Right for one process on a store.
 */
export async function recoverDigests(deps: DigestDeps): Promise<void> {
  for (const send of await deps.store.digestSends.inState('sending', perRound)) await settleDoubtful(deps, send);
}

/** Sends what is due, each mail at most once. Cheap when nothing is. Returns how much it found to do. */
export async function sweepDigests(deps: DigestDeps): Promise<number> {
  const taken = await takeUp(deps);
  for (const send of await deps.store.digestSends.inState('sending', perRound)) if (send.changedAt < deps.clock() - heldMost) await settleDoubtful(deps, send);
  const due = await deps.store.digestSends.due(deps.clock(), perRound);
  for (const send of due) await attempt(deps, send);
  return taken + due.length;
}

/** Writes one row per mail of every digest whose time has come, and only then that the period was taken up: dying in between does it again, which adds nothing. */
async function takeUp(deps: DigestDeps): Promise<number> {
  const now = deps.clock();
  let taken = 0;
  for (const digest of await deps.store.digests.all()) {
    if (!digest.on) continue;
    const period = newestDue(digest.every, digest.timeZone, now);
    if (!isNewer(period.key, digest.lastPeriod)) continue;
    for (const agentId of digest.recipientIds) {
      await deps.store.digestSends.insert({ _id: `${digest._id}:${period.key}:${agentId}`, digestId: digest._id, period: period.key, agentId, state: 'waiting', attempts: 0, nextAt: now, createdAt: now, changedAt: now });
      deps.crashAt('digest-taken');
    }
    await deps.store.digests.change(digest._id, { set: { lastPeriod: period.key } });
    taken += 1;
  }
  if (taken > 0) await deps.store.digestSends.forget(now - keptFor, perRound);
  return taken;
}

/** Of one kind keys sort as their days do; a zone that was changed must not bring an older period up again. */
function isNewer(key: string, last: string | undefined): boolean {
  const sameKind = last !== undefined && last.slice(0, last.indexOf(':')) === key.slice(0, key.indexOf(':'));
  return sameKind ? key > last : last !== key;
}

async function attempt(deps: DigestDeps, send: DigestSend): Promise<void> {
  const digest = await deps.store.digests.get(send.digestId);
  const period = digest === undefined ? undefined : periodOf(send.period, digest.timeZone);
  if (digest === undefined || period === undefined || !digest.on || !digest.recipientIds.includes(send.agentId)) return end(deps, send, 'waiting', { state: 'left_out', reason: 'It was switched off, or they were taken off its list.' });
  if (deps.clock() - send.createdAt > staleAfter) return end(deps, send, 'waiting', { state: 'failed', reason: `Given up after three days: ${send.reason ?? 'it could not be sent'}` });
  if (!deps.hasMailbox()) return later(deps, send, { from: 'waiting', attempts: send.attempts, reason: noMailbox });
  let made: Awaited<ReturnType<DigestDeps['make']>>;
  try {
    made = await deps.make(digest, period, send.agentId);
  } catch (error) {
    deps.log.error({ digestId: digest._id, agentId: send.agentId, err: error }, 'a digest could not be made; it is tried again');
    return later(deps, send, { from: 'waiting', attempts: send.attempts + 1, reason: `It could not be made: ${messageOf(error)}` });
  }
  if ('leftOut' in made) return end(deps, send, 'waiting', { state: 'left_out', reason: made.leftOut });
  // From here on it counts as sent until the server says otherwise.
  if (!await deps.store.digestSends.move(send._id, 'waiting', { set: { state: 'sending', attempts: send.attempts + 1, changedAt: deps.clock() }, unset: ['reason'] })) return;
  deps.crashAt('digest-before-send');
  const outcome = await deps.send(send._id, made.to, made.mail).catch((error: unknown): MailEnd => ({ result: 'unknown', reason: messageOf(error) }));
  deps.crashAt('digest-after-send');
  await settle(deps, { ...send, attempts: send.attempts + 1 }, outcome);
}

async function settle(deps: DigestDeps, send: DigestSend, outcome: MailEnd): Promise<void> {
  const now = deps.clock();
  switch (outcome.result) {
    case 'sent':
      await deps.store.digestSends.move(send._id, 'sending', { set: { state: 'sent', changedAt: now } });
      await deps.store.digests.change(send.digestId, { set: { lastSentAt: now } });
      return;
    case 'no_mailbox': return later(deps, send, { from: 'sending', attempts: send.attempts - 1, reason: noMailbox });
    case 'retry': return send.attempts > retryAfter.length ? end(deps, send, 'sending', { state: 'failed', reason: outcome.reason }) : later(deps, send, { from: 'sending', attempts: send.attempts, reason: outcome.reason });
    case 'rejected': return end(deps, send, 'sending', { state: 'failed', reason: outcome.reason });
    case 'unknown': return end(deps, send, 'sending', { state: 'doubtful', reason: outcome.reason });
  }
}

function settleDoubtful(deps: DigestDeps, send: DigestSend): Promise<void> {
  return end(deps, send, 'sending', { state: 'doubtful', reason: 'Rapport stopped while it was being sent. It may have arrived; it is not sent again.' });
}

async function later(deps: DigestDeps, send: DigestSend, { from, attempts, reason }: { from: DigestSend['state']; attempts: number; reason: string }): Promise<void> {
  const now = deps.clock();
  const wait = retryAfter[Math.min(attempts, retryAfter.length) - 1] ?? minute;
  await deps.store.digestSends.move(send._id, from, { set: { state: 'waiting', attempts, nextAt: now + wait, changedAt: now, reason } });
  if (send.reason !== reason) deps.log.warn({ digestId: send.digestId, agentId: send.agentId, reason }, 'a digest waits');
}

async function end(deps: DigestDeps, send: DigestSend, from: DigestSend['state'], to: { state: 'left_out' | 'failed' | 'doubtful'; reason: string }): Promise<void> {
  await deps.store.digestSends.move(send._id, from, { set: { ...to, changedAt: deps.clock() } });
  deps.log.warn({ digestId: send.digestId, agentId: send.agentId, ...to }, to.state === 'left_out' ? 'a digest left somebody out' : 'a digest was not sent for certain');
}
