import { briefForAgent } from '../bot/brief-for-agent.js';
import { decideRoute } from '../bot/decide-route.js';
import type { Brief } from '../inbox/model/brief.js';
import type { Conversation } from '../inbox/model/conversation.js';
import { openingState } from '../inbox/hours/opening-state.js';
import type { Place, TimeRules } from '../inbox/hours/place.js';
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

/** Whether somebody is there, and when the next one is, by the calendar that counts in this place. */
export function openingOf({ calendars }: Pick<TimeRules, 'calendars'>, place: Place, now: number): BotTurn['opening'] {
  const { openNow, opensAt, timeZone } = openingState(calendars, place, now);
  return { openNow, timeZone, ...(opensAt === undefined ? {} : { opensAt }) };
}

/** Chooses by who knew the customer; the calendars only explain why nobody is there. */
export function routeByHistory(times: () => TimeRules): Router {
  return (input) => {
    const teamId = input.conversation.teamId ?? input.channelTeamId;
    const place: Place = { channelId: input.conversation.channelId, customerTags: input.customer.tags, ...(teamId === undefined ? {} : { teamId }) };
    const decision = decideRoute({ ...input, rules: [], opening: openingOf(times(), place, input.now) });
    return { reason: decision.reason, ...(decision.teamId === undefined ? {} : { teamId: decision.teamId }), ...(decision.assigneeId === undefined ? {} : { assigneeId: decision.assigneeId }) };
  };
}
