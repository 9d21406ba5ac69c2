import type { Core, Work } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { DueTarget, Wait } from '../model/wait.js';
import { rechooseTarget, sameTarget } from './choose-target.js';
import { customerTagsOf } from './customer-tags.js';
import { setDue } from './due.js';

/**
 * Holds an open wait against the targets anew, as its conversation is now: call it in the lane after team, priority or
 * the customer's tags changed. Writes wait, row and timer when another target counts; returns the row to go on with.
 */
export async function retarget(core: Pick<Core, 'clock' | 'times' | 'changes'>, work: Work, conversation: Conversation, wait: Wait): Promise<Conversation> {
  if (wait.state !== 'open' || wait.void === true || wait.imported === true) return conversation;
  const target = rechooseTarget(core.times(), {
    kind: wait.kind, priority: conversation.priority, from: wait.from, channelId: wait.channelId, customerTags: await customerTagsOf(work, wait.customerId),
    ...(conversation.teamId === undefined ? {} : { teamId: conversation.teamId }),
  }, { current: wait.target, at: core.clock() });
  if (target === undefined || sameTarget(target, wait.target)) return conversation;
  // Changed at the deadline itself: by what counts now it is not over yet.
  const unset = ['breachedAt'] as const;
  const after = await work.c.waits.change(wait._id, { unset, set: { target, aimed: { at: core.clock(), openedAt: wait.aimed?.openedAt ?? wait.fromReceivedAt }, changeSeq: core.changes.next() } }, { state: 'open' });
  if (after === undefined) return conversation;
  await setDue(work, after);
  return conversation.waitId === wait._id ? showDue(core, work, conversation, target) : conversation;
}

async function showDue(core: Pick<Core, 'changes'>, work: Work, conversation: Conversation, due: DueTarget): Promise<Conversation> {
  const changed = await work.c.conversations.change(conversation._id, { waitId: conversation.waitId ?? null }, { unset: ['breachedAt'], set: { due, changeSeq: core.changes.next() } });
  if (changed !== undefined) work.fx.conversation(changed.after);
  return changed?.after ?? conversation;
}
