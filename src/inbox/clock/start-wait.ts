import { AppError } from '../../errors.js';
import { addStep } from '../add-step.js';
import type { Viewer } from '../api.js';
import { type Core, laneOf, type Work, workInLane } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { Step } from '../model/message.js';
import { refuseHistory, seenConversation } from '../permission.js';
import { recomputePerson } from './recompute.js';

const looksBack = 200;

/**
 * An agent says that the customer waits after all: a word taken for thanks asks, an answer on another channel was none to
 * this conversation, or a "no answer needed" is taken back. The wait runs from its own beginning. `conflict` when there is
 * nothing of the kind. Opens the conversation again where it was put away.
 */
export async function startWait(core: Core, viewer: Viewer, conversationId: string): Promise<Conversation> {
  const seen = await seenConversation({ c: core.store.now }, viewer, conversationId);
  return workInLane(core, laneOf(seen), async (work) => {
    const conversation = await seenConversation(work, viewer, conversationId);
    if (conversation.waitId !== undefined) return conversation;
    refuseHistory(conversation);
    const said = await whatWasSaid(work, conversation);
    if (said === undefined) throw new AppError('conflict', 'Nothing here was taken for thanks, answered elsewhere or said to need no answer.');
    const agent = await work.c.agents.get(viewer.agentId);
    const author = { type: 'agent' as const, id: viewer.agentId, name: agent?.name ?? 'Agent' };
    const key = core.newId();
    const opened = conversation.status === 'open' ? conversation : await addStep(core, work, {
      conversation, key, author, step: { type: 'reopened' }, patch: { set: { status: 'open' }, unset: ['snoozedUntil', 'snoozedBy', 'resolvedAt'] },
    });
    await addStep(core, work, { conversation: opened, key, author, step: said.step });
    await recomputePerson(core, work, conversation.customerId, said.why);
    const after = await work.c.conversations.get(conversationId) ?? opened;
    work.fx.conversation(after);
    return after;
  });
}

async function whatWasSaid(work: Work, conversation: Conversation): Promise<{ step: Step; why: string } | undefined> {
  const { acknowledged, answeredElsewhere, status } = conversation;
  if (status === 'spam') return undefined;
  if (acknowledged !== undefined) return { step: { type: 'wait_started', data: { messageId: acknowledged } }, why: 'an agent started the clock' };
  if (answeredElsewhere !== undefined) return { step: { type: 'wait_resumed', reason: 'the answer on another channel was none to this', data: { answerId: answeredElsewhere.messageId } }, why: 'an agent said that the answer on another channel was none to this' };
  const last = (await work.c.waits.ofConversation(conversation._id)).findLast((wait) => wait.void !== true);
  if (last?.state !== 'not_needed') return undefined;
  const recent = await work.c.messages.page(conversation._id, { limit: looksBack });
  const step = recent.findLast((message) => message.step?.type === 'not_needed' && message.step.data?.['waitId'] === last._id);
  return step === undefined ? undefined : { step: { type: 'wait_resumed', reason: 'an answer is needed after all', data: { messageId: step._id } }, why: 'an answer was needed after all' };
}
