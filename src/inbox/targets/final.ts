import { addStep } from '../add-step.js';
import { type Core, laneOf, type Work, workInLane } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { Timer } from '../model/outbox.js';
import type { CaseFacts, DueTarget } from '../model/wait.js';
import { rechooseTarget, targetInWords } from './choose-target.js';
import { customerTagsOf } from './customer-tags.js';

/**
 * Chooses the target of the whole conversation and sets its timer. Call it in the lane when the conversation opens, is
 * opened again, or its team or priority changed, and go on with the row it returns: `facts` are new. It counts from the
 * first message; after a resolve that had held, from when it was opened again.
 */
export async function setFinalDue(core: Pick<Core, 'clock' | 'times' | 'changes'>, work: Work, conversation: Conversation): Promise<Conversation> {
  const { facts } = conversation;
  if (facts.imported === true) return conversation;
  const from = startOf(core, facts);
  const current = facts.target?.from === from || (facts.target !== undefined && from === facts.firstAt) ? facts.target : undefined;
  const target = await chosen(core, work, conversation, { from, current });
  const row = sameTarget(target, facts.target) ? conversation : await writeTarget(core, work, conversation, target);
  if (target === undefined || row.facts.breachedAt !== undefined || isOver(row)) await clearFinalDue(work, row._id);
  else await work.c.timers.set({ _id: `final:${row._id}`, kind: 'final_target', ref: row._id, dueAt: target.warnAt <= core.clock() ? target.dueAt : target.warnAt });
  return row;
}

/** It was resolved, or is spam: nothing is due any more. The target stays in the facts. */
export async function clearFinalDue(work: Pick<Work, 'c'>, conversationId: string): Promise<void> {
  await work.c.timers.clear(`final:${conversationId}`);
}

/** What the timer does: warns, then writes the breach down with the deadline's own time. Nothing when it was resolved. */
export async function runFinalDue(core: Core, timer: Timer): Promise<void> {
  const seen = await core.store.now.conversations.get(timer.ref);
  if (seen === undefined) return;
  await workInLane(core, laneOf(seen), async (work) => {
    const conversation = await work.c.conversations.get(timer.ref);
    const target = conversation?.facts.target;
    if (conversation === undefined || target === undefined || isOver(conversation) || conversation.facts.breachedAt !== undefined) return;
    const now = core.clock();
    if (timer.dueAt < target.dueAt && target.warnAt <= now && target.dueAt > now) await tell(core, work, conversation, { type: 'target_warned', target });
    if (timer.dueAt < target.dueAt) await work.c.timers.move(timer, { dueAt: target.dueAt });
    else await tell(core, work, conversation, { type: 'target_breached', target });
  });
}

function startOf(core: Pick<Core, 'clock'>, facts: CaseFacts): number {
  if (facts.held === undefined) return facts.firstAt;
  const known = facts.target?.from;
  return known !== undefined && known >= facts.held.at ? known : core.clock();
}

async function chosen(core: Pick<Core, 'clock' | 'times'>, work: Work, conversation: Conversation, since: { from: number; current: DueTarget | undefined }): Promise<DueTarget | undefined> {
  const rules = core.times();
  if (since.current === undefined && !rules.targets.some((target) => target.kind === 'final')) return undefined;
  const target = rechooseTarget(rules, {
    kind: 'final', priority: conversation.priority, from: since.from, channelId: conversation.channelId, customerTags: await customerTagsOf(work, conversation.customerId),
    ...(conversation.teamId === undefined ? {} : { teamId: conversation.teamId }),
  }, { current: since.current, at: core.clock() });
  return target === undefined || since.from === conversation.facts.firstAt ? target : { ...target, from: since.from };
}

async function writeTarget(core: Pick<Core, 'changes'>, work: Work, conversation: Conversation, target: DueTarget | undefined): Promise<Conversation> {
  const { target: _old, breachedAt: _over, ...rest } = conversation.facts;
  const facts: CaseFacts = target === undefined ? rest : { ...rest, target };
  const changed = await work.c.conversations.change(conversation._id, {}, { set: { facts, changeSeq: core.changes.next() } });
  if (changed !== undefined) work.fx.conversation(changed.after);
  return changed?.after ?? conversation;
}

async function tell(core: Core, work: Work, conversation: Conversation, what: { type: 'target_warned' | 'target_breached'; target: DueTarget }): Promise<void> {
  const { type, target } = what;
  const words = type === 'target_warned' ? 'the deadline for all of it is near' : 'it was not resolved within the target';
  await addStep(core, work, {
    conversation, key: `final:${conversation._id}:${target.dueAt}`,
    step: { type, reason: `${words}: ${target.name}, ${targetInWords(target)}`, data: { target: target.name, dueAt: target.dueAt, ms: target.ms, hours: target.hours, final: true } },
    patch: type === 'target_breached' ? { set: { facts: { ...conversation.facts, breachedAt: target.dueAt } } } : {},
  });
}

function isOver(conversation: Pick<Conversation, 'status'>): boolean {
  return conversation.status === 'resolved' || conversation.status === 'spam';
}

function sameTarget(one: DueTarget | undefined, other: DueTarget | undefined): boolean {
  return one?.id === other?.id && one?.dueAt === other?.dueAt && one?.warnAt === other?.warnAt && one?.name === other?.name && one?.from === other?.from;
}
