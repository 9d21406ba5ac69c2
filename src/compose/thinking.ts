import { briefForAgent } from '../bot/brief-for-agent.js';
import { openingState } from '../bot/business-hours.js';
import { decideRoute } from '../bot/decide-route.js';
import type { Brief } from '../inbox/model/brief.js';
import type { Conversation } from '../inbox/model/conversation.js';
import type { BusinessHours, Team, Workspace } from '../inbox/model/people.js';
import type { BotTurn } from '../inbox/ports.js';
import type { BriefSource } from '../inbox/read/picture.js';
import type { Router } from '../inbox/route-conversation.js';

/** The pure parts of `src/bot`, as the inbox wants to call them. */
export function makeBriefFor(timeZone: () => string): (source: BriefSource) => Brief {
  return (source) => briefForAgent({
    customer: source.person.customer,
    identities: source.person.identities,
    conversation: source.conversation,
    messages: source.messages,
    past: source.past.map(({ conversation, messages, first }) => ({ conversation: pastOf(conversation), last: messages, ...(first === undefined ? {} : { first }) })),
    openWaits: source.waits,
    now: source.now,
    timeZone: timeZone(),
  });
}

function pastOf(conversation: Conversation) {
  return {
    conversationId: conversation._id, channelKind: conversation.channelKind, status: conversation.status, startedAt: conversation.createdAt, lastAt: conversation.lastMessageAt,
    ...(conversation.subject === undefined ? {} : { subject: conversation.subject }),
    ...(conversation.assigneeId === undefined ? {} : { lastAgentId: conversation.assigneeId }),
  };
}

/** Opening of a team, or of the house where the team has no hours of its own. */
export function openingOf(workspace: Workspace, team: Team | undefined, now: number): BotTurn['opening'] {
  const hours: BusinessHours = team?.hours ?? workspace.hours;
  const state = openingState(hours, now);
  return { openNow: state.openNow, timeZone: hours.timeZone, ...(state.opensAt === undefined ? {} : { opensAt: state.opensAt }) };
}

export const routeByHistory: Router = (input) => {
  const team = input.teams.find((candidate) => candidate._id === (input.conversation.teamId ?? input.channelTeamId));
  const decision = decideRoute({ ...input, rules: [], opening: openingOf(input.workspace, team, input.now) });
  return { reason: decision.reason, ...(decision.teamId === undefined ? {} : { teamId: decision.teamId }), ...(decision.assigneeId === undefined ? {} : { assigneeId: decision.assigneeId }) };
};
