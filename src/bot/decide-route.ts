import type { Conversation } from '../inbox/model/conversation.js';
import type { Customer } from '../inbox/model/identity.js';
import type { Agent, Team } from '../inbox/model/people.js';
import type { ChannelKind, Millis } from '../inbox/model/common.js';
import { describeOpening } from './describe-opening.js';

/** "Invoices go to Billing": the first rule whose conditions all hold names the team. No condition: it always holds. */
export interface RouteRule {
  name: string;
  teamId: string;
  when: { channelIds?: readonly string[]; channelKinds?: readonly ChannelKind[]; languages?: readonly string[]; urgencies?: readonly string[]; tags?: readonly string[] };
}

export type RouteAgent = Pick<Agent, '_id' | 'name' | 'state' | 'presence' | 'capacity' | 'load' | 'lastAssignedAt' | 'teamIds'>;

export interface RouteInput {
  conversation: Pick<Conversation, 'channelId' | 'channelKind' | 'teamId' | 'language' | 'urgency' | 'tags'>;
  /** Who answered this person last, on any channel. */
  customer: Pick<Customer, 'lastAgentId'>;
  agents: readonly RouteAgent[];
  teams: readonly Pick<Team, '_id' | 'name'>[];
  channelTeamId?: string;
  rules: readonly RouteRule[];
  opening: { openNow: boolean; opensAt?: Millis; timeZone: string };
  now: Millis;
}

/** One agent who was looked at, and why they did or did not get it. The best comes first. */
export interface Considered {
  agentId: string;
  name: string;
  outcome: 'chosen' | 'possible' | 'away' | 'full' | 'other_team' | 'inactive';
}

/** Where the conversation goes. No `assigneeId`: it stays in the queue (of the team, if there is one). */
export interface RouteDecision {
  teamId?: string;
  assigneeId?: string;
  /** Shown in the conversation; begins small, to stand after a colon. */
  reason: string;
  considered: Considered[];
}

/**
 * Who knew this customer, then who has the least to do for their capacity, then who has been idle longest. If the one who
 * knew them is only away, it waits in the queue, where anybody may take it. Hours withhold nothing from somebody who is
 * online; they only explain why nobody is. Pure: the order of `agents` does not matter.
 */
export function decideRoute(input: RouteInput): RouteDecision {
  const team = teamFor(input);
  const considered = consider(input, team.id);
  const knower = input.agents.find((agent) => agent._id === input.customer.lastAgentId);
  const choice = chooseAgent(input, { teamId: team.id, considered, knower });
  return {
    ...(team.id === undefined ? {} : { teamId: team.id }),
    ...(choice.agentId === undefined ? {} : { assigneeId: choice.agentId }),
    reason: team.reason === undefined ? choice.reason : `${choice.reason}; ${team.reason}`,
    considered: considered.map((entry) => (entry.agentId === choice.agentId ? { ...entry, outcome: 'chosen' } : entry)),
  };
}

/** A team that was set stays; then the rules; then the channel's team. */
function teamFor(input: RouteInput): { id: string | undefined; reason?: string } {
  if (input.conversation.teamId !== undefined) return { id: input.conversation.teamId };
  const rule = input.rules.find((candidate) => holds(candidate, input.conversation));
  if (rule !== undefined) return { id: rule.teamId, reason: `${teamName(input, rule.teamId)} by the rule “${rule.name}”` };
  return { id: input.channelTeamId };
}

function holds(rule: RouteRule, conversation: RouteInput['conversation']): boolean {
  const { channelIds, channelKinds, languages, urgencies, tags } = rule.when;
  return (
    isIn(channelIds, conversation.channelId) && isIn(channelKinds, conversation.channelKind) && isIn(languages, conversation.language) &&
    isIn(urgencies, conversation.urgency) && (tags === undefined || conversation.tags.some((tag) => tags.includes(tag)))
  );
}

function isIn(wanted: readonly string[] | undefined, value: string | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}

function teamName(input: RouteInput, teamId: string | undefined): string {
  return input.teams.find((team) => team._id === teamId)?.name ?? 'the team';
}

function consider(input: RouteInput, teamId: string | undefined): Considered[] {
  return [...input.agents].sort(byIdleness).map((agent) => ({ agentId: agent._id, name: agent.name, outcome: outcomeOf(agent, teamId) }));
}

function outcomeOf(agent: RouteAgent, teamId: string | undefined): Considered['outcome'] {
  if (agent.state !== 'active') return 'inactive';
  if (teamId !== undefined && !agent.teamIds.includes(teamId)) return 'other_team';
  if (agent.presence !== 'online') return 'away';
  return agent.load < agent.capacity ? 'possible' : 'full';
}

/** Least loaded for their capacity, then longest without a new conversation, then by id so that it is always the same. */
function byIdleness(a: RouteAgent, b: RouteAgent): number {
  return loadOf(a) - loadOf(b) || a.load - b.load || idleSince(a) - idleSince(b) || (a._id < b._id ? -1 : 1);
}

function loadOf(agent: RouteAgent): number {
  return agent.capacity > 0 ? agent.load / agent.capacity : Number.MAX_VALUE;
}

function idleSince(agent: RouteAgent): number {
  return agent.lastAssignedAt ?? 0;
}

interface Choosing {
  teamId: string | undefined;
  considered: readonly Considered[];
  knower: RouteAgent | undefined;
}

function chooseAgent(input: RouteInput, from: Choosing): { agentId?: string; reason: string } {
  const knows = from.considered.find((entry) => entry.agentId === from.knower?._id);
  if (knows?.outcome === 'possible') return { agentId: knows.agentId, reason: `${knows.name} knows this customer` };
  if (knows?.outcome === 'away') return { reason: `${knows.name} knows this customer and is away; waits in ${queueOf(input, from.teamId)}${untilOpen(input)}` };
  const best = from.considered.find((entry) => entry.outcome === 'possible');
  if (best === undefined) return { reason: whyNobody(input, from) };
  return { agentId: best.agentId, reason: `${whyBest(input, best, from.considered)}${whyNotKnower(knows)}` };
}

function whyBest(input: RouteInput, best: Considered, considered: readonly Considered[]): string {
  const possible = considered.filter((entry) => entry.outcome === 'possible');
  if (possible.length === 1) return `${best.name} is the only one free`;
  const [first, second] = possible.map((entry) => input.agents.find((agent) => agent._id === entry.agentId));
  const isLess = first !== undefined && second !== undefined && (loadOf(first) < loadOf(second) || first.load < second.load);
  return isLess ? `${best.name} has the least to do` : `${best.name} has been free the longest`;
}

function whyNotKnower(knows: Considered | undefined): string {
  if (knows?.outcome === 'full') return `; ${knows.name}, who knows this customer, has no room`;
  return knows?.outcome === 'other_team' ? `; ${knows.name}, who knows this customer, is in another team` : '';
}

function whyNobody(input: RouteInput, from: Choosing): string {
  const fitting = from.considered.filter((entry) => entry.outcome === 'away' || entry.outcome === 'full');
  const queue = queueOf(input, from.teamId);
  if (fitting.length === 0) return `nobody is in ${from.teamId === undefined ? 'the workspace' : teamName(input, from.teamId)}; waits in ${queue}`;
  const someFull = fitting.some((entry) => entry.outcome === 'full');
  return someFull ? `everybody online has as much as they can take; waits in ${queue}` : `nobody is online; waits in ${queue}${untilOpen(input)}`;
}

function queueOf(input: RouteInput, teamId: string | undefined): string {
  return teamId === undefined ? 'the queue' : `the queue of ${teamName(input, teamId)}`;
}

function untilOpen(input: RouteInput): string {
  const { openNow, opensAt, timeZone } = input.opening;
  if (openNow) return '';
  return opensAt === undefined ? ', outside business hours' : `, opens ${describeOpening({ opensAt, now: input.now, language: 'en', timeZone })}`;
}
