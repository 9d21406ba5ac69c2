import { AppError } from '../errors.js';
import { addStep } from './add-step.js';
import type { InboxActions, Viewer } from './api.js';
import { type Core, laneOf, workInLane } from './core.js';
import type { Conversation } from './model/conversation.js';
import type { Step } from './model/message.js';
import { maySee, refuseHistory, seenConversation } from './permission.js';
import type { ConversationGuard, Patch } from './stores.js';

/**
 * Gives a conversation to an agent, a team, both, or back to everybody. `ifAssignedTo` makes it a claim: one conditional
 * update, of two at once one gets `conflict` with the winner in its facts.
 */
export async function assign(core: Core, viewer: Viewer, conversationId: string, input: Parameters<InboxActions['assign']>[2]): Promise<Conversation> {
  const seen = await seenConversation({ c: core.store.now }, viewer, conversationId);
  return workInLane(core, laneOf(seen), async (work) => {
    const conversation = await seenConversation(work, viewer, conversationId);
    refuseHistory(conversation);
    const [agents, teams, me] = await Promise.all([work.c.agents.all(), work.c.teams.all(), work.c.agents.get(viewer.agentId)]);
    const to = input.assigneeId === undefined ? undefined : agents.find((agent) => agent._id === input.assigneeId && agent.state === 'active');
    if (input.assigneeId !== undefined && to === undefined) throw new AppError('bad_request', 'There is no such agent.');
    const team = input.teamId === undefined ? undefined : teams.find((candidate) => candidate._id === input.teamId);
    if (input.teamId !== undefined && team === undefined) throw new AppError('bad_request', 'There is no such team.');
    const teamId = input.teamId ?? conversation.teamId;
    if (to !== undefined && !maySee({ agentId: to._id, role: to.role, teamIds: to.teamIds }, { ...(teamId === undefined ? {} : { teamId }), assigneeId: to._id })) throw new AppError('bad_request', `${to.name} is not in that team.`);
    const guard: ConversationGuard = input.ifAssignedTo === undefined ? {} : { assigneeId: input.ifAssignedTo };
    const name = me?.name ?? 'Agent';
    const patch: Patch<Conversation> = {
      set: {
        changeSeq: core.changes.next(),
        routeReason: to === undefined ? `put back by ${name}` : to._id === viewer.agentId ? 'took it' : `assigned by ${name}`,
        ...(to === undefined ? {} : { assigneeId: to._id }),
        ...(input.teamId === undefined ? {} : { teamId: input.teamId }),
      },
      unset: to === undefined ? ['assigneeId'] : [],
    };
    const changed = await work.c.conversations.change(conversationId, guard, patch);
    if (changed === undefined) {
      const now = await work.c.conversations.get(conversationId);
      throw new AppError('conflict', 'Somebody was faster.', { facts: { assigneeId: now?.assigneeId ?? null } });
    }
    if (changed.before.assigneeId === changed.after.assigneeId && changed.before.teamId === changed.after.teamId) return changed.after;
    if (to !== undefined) await work.c.agents.change(to._id, { set: { lastAssignedAt: core.clock() } });
    if (changed.before.teamId !== changed.after.teamId || changed.before.assigneeId !== changed.after.assigneeId) work.fx.job('index', conversationId);
    const step: Step = { type: to === undefined && input.teamId !== undefined && changed.before.teamId !== input.teamId ? 'team_changed' : 'assigned', data: { ...(to === undefined ? {} : { assigneeId: to._id, name: to.name }), ...(team === undefined ? {} : { team: team.name, teamId: team._id }) } };
    return addStep(core, work, { conversation: changed.after, key: core.newId(), step, author: { type: 'agent', id: viewer.agentId, name } });
  });
}
