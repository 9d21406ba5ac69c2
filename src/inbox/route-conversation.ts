import { addStep } from './add-step.js';
import type { Core, Work } from './core.js';
import { rootOf } from './clock/person.js';
import type { Conversation } from './model/conversation.js';
import type { Customer } from './model/identity.js';
import type { Agent, Team, Workspace } from './model/people.js';
import { agentLoads } from './read/list.js';

/** Where a conversation goes, and why. Made by a pure function (`src/bot/decide-route.ts`). */
export interface Route {
  teamId?: string;
  assigneeId?: string;
  reason: string;
}

export type Router = (input: { conversation: Conversation; customer: Customer; agents: Agent[]; teams: Team[]; channelTeamId?: string; workspace: Workspace; now: number }) => Route;

/** Gives a conversation that nobody has to somebody, and says why. A human who was faster stays. Call it in the lane. */
export async function routeConversation(core: Core, work: Work, conversation: Conversation, input: { decide: Router; key: string }): Promise<Conversation> {
  if (conversation.owned || conversation.status !== 'open') return conversation;
  const [agents, teams, workspace, root] = await Promise.all([work.c.agents.all(), work.c.teams.all(), work.c.settings.workspace(), rootOf(work, conversation.customerId)]);
  if (root === undefined) return conversation;
  const channelTeamId = core.channels().get(conversation.channelId)?.teamId;
  const route = input.decide({ conversation, customer: root, agents: await agentLoads(core, agents), teams, workspace, now: core.clock(), ...(channelTeamId === undefined ? {} : { channelTeamId }) });
  const changed = await work.c.conversations.change(conversation._id, { assigneeId: null }, {
    set: {
      routeReason: route.reason, botDone: true, changeSeq: core.changes.next(),
      ...(route.teamId === undefined ? {} : { teamId: route.teamId }),
      ...(route.assigneeId === undefined ? {} : { assigneeId: route.assigneeId }),
    },
  });
  if (changed === undefined) return await work.c.conversations.get(conversation._id) ?? conversation;
  const unmoved = changed.before.routeReason === route.reason && changed.after.assigneeId === undefined && changed.before.teamId === changed.after.teamId;
  if (unmoved) return changed.after;
  if (route.assigneeId !== undefined) await work.c.agents.change(route.assigneeId, { set: { lastAssignedAt: core.clock() } });
  if (changed.before.teamId !== changed.after.teamId || route.assigneeId !== undefined) work.fx.job('index', conversation._id);
  const name = agents.find((agent) => agent._id === route.assigneeId)?.name;
  const team = teams.find((candidate) => candidate._id === route.teamId)?.name;
  return addStep(core, work, {
    conversation: changed.after, key: input.key,
    step: { type: 'routed', reason: route.reason, data: { ...(name === undefined ? {} : { name, assigneeId: route.assigneeId ?? '' }), ...(team === undefined ? {} : { team, teamId: route.teamId ?? '' }) } },
  });
}
