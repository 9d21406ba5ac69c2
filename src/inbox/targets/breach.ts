import { addStep } from '../add-step.js';
import { clockLane } from '../clock/keep.js';
import { rootOf } from '../clock/person.js';
import { type Core, laneOf, type Work, workInLane } from '../core.js';
import type { Json, Millis } from '../model/common.js';
import type { Conversation } from '../model/conversation.js';
import type { Timer } from '../model/outbox.js';
import type { DueTarget, Wait } from '../model/wait.js';
import { targetInWords } from './choose-target.js';
import { clearDue, setDue } from './due.js';

/**
 * What the timer does: warns or breaches when it is time, and is set to what comes next. A wait whose warning and deadline
 * have both passed, because nobody was there to look, waits for its turn among the deadlines.
 */
export async function runDue(core: Core, timer: Timer): Promise<void> {
  const target = (await core.store.now.waits.get(timer.ref))?.target;
  const both = target !== undefined && timer.dueAt < target.dueAt && passed(target.dueAt, core);
  if (both) await core.store.now.timers.move(timer, { dueAt: target.dueAt });
  else if (target !== undefined && !passed(target.dueAt, core)) await warnWait(core, timer.ref);
  else await breachWait(core, timer.ref);
}

/** Says that the deadline is near, once, when `warnAt` has passed and the deadline has not. */
export async function warnWait(core: Core, waitId: string): Promise<void> {
  await inLaneOf(core, waitId, async (work, wait, conversation) => {
    const target = wait.target;
    if (target === undefined || !passed(target.warnAt, core) || passed(target.dueAt, core)) return setDue(work, wait);
    const warned = wait.warnedAt === undefined ? await work.c.waits.change(waitId, { set: { warnedAt: target.warnAt, changeSeq: core.changes.next() } }, { state: 'open' }) : wait;
    if (warned === undefined) return;
    await addStep(core, work, { conversation, key: waitId, step: { type: 'target_warned', reason: `the deadline is near: ${target.name}, ${targetInWords(target)}`, data: factsOf(target) } });
    await setDue(work, warned);
  });
}

/** Writes the breach down with the deadline's own time, once, when that has passed and nobody has answered. */
export async function breachWait(core: Core, waitId: string): Promise<void> {
  await inLaneOf(core, waitId, async (work, wait, conversation) => {
    const target = wait.target;
    if (target === undefined || !passed(target.dueAt, core)) return setDue(work, wait);
    const breachedAt = wait.breachedAt ?? target.dueAt;
    if (wait.breachedAt === undefined && await work.c.waits.change(waitId, { set: { breachedAt, changeSeq: core.changes.next() } }, { state: 'open' }) === undefined) return;
    await addStep(core, work, {
      conversation, key: waitId, step: { type: 'target_breached', reason: `nobody has answered within the target: ${target.name}, ${targetInWords(target)}`, data: factsOf(target) },
      patch: conversation.waitId === waitId ? { set: { breachedAt } } : {},
    });
    await clearDue(work, waitId);
  });
}

/** Runs it for an open wait, in the lanes of its conversation and of its person's clock. */
async function inLaneOf(core: Core, waitId: string, task: (work: Work, wait: Wait, conversation: Conversation) => Promise<void>): Promise<void> {
  const seen = await core.store.now.waits.get(waitId);
  const place = seen === undefined ? undefined : await core.store.now.conversations.get(seen.conversationId);
  if (seen === undefined || place === undefined) return;
  await workInLane(core, laneOf(place), (work) => inClockLane(core, work, seen.customerId, async () => {
    const wait = await work.c.waits.get(waitId);
    const conversation = wait === undefined ? undefined : await work.c.conversations.get(wait.conversationId);
    if (wait === undefined || conversation === undefined || wait.state !== 'open' || wait.void === true || wait.imported === true) return;
    await task(work, wait, conversation);
  }));
}

/** An answer in another conversation of the same person may end the wait: one at a time. Take it within a conversation's lane. */
export async function inClockLane<R>(core: Pick<Core, 'lanes'>, work: Pick<Work, 'c'>, customerId: string, task: () => Promise<R>): Promise<R> {
  const root = await rootOf(work, customerId);
  return root === undefined ? task() : core.lanes.run(clockLane(root), task);
}

function passed(at: Millis | undefined, core: Pick<Core, 'clock'>): boolean {
  return at !== undefined && at <= core.clock();
}

function factsOf(target: DueTarget): Record<string, Json> {
  return { target: target.name, dueAt: target.dueAt, ms: target.ms, hours: target.hours };
}
