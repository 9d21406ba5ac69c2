import type { z } from 'zod';
import type { Agent, ApiKey, Session, Team, Workspace } from '../../inbox/model/people.js';
import type { AgentView, apiKey, session, TeamView, workspace } from './shapes.js';

/** An agent as colleagues see them: never the password's hash. */
export function presentAgent(agent: Agent): AgentView {
  return {
    id: agent._id, name: agent.name, email: agent.email, role: agent.role, teamIds: agent.teamIds, state: agent.state,
    presence: agent.presence, capacity: agent.capacity, load: agent.load,
  };
}

export function presentTeam(team: Team): TeamView {
  return { id: team._id, name: team.name, hours: team.hours && presentHours(team.hours) };
}

export function presentWorkspace(settings: Workspace, demo: boolean): z.infer<typeof workspace> {
  return {
    companyName: settings.companyName, answerTargetMinutes: settings.answerTargetMinutes, hours: presentHours(settings.hours),
    defaultLanguage: settings.defaultLanguage, botName: settings.botName, botOn: settings.botOn, demo,
    resolveHoldsHours: settings.resolveHoldsHours ?? 72,
    reports: { agentsSeeOwn: settings.reports?.agentsSeeOwn ?? false, hideNames: settings.reports?.hideNames ?? false },
  };
}

/** The id is the hash of the cookie: it tells sessions apart and opens nothing. */
export function presentSession(stored: Session, currentId: string | undefined): z.infer<typeof session> {
  return { id: stored._id, current: stored._id === currentId, createdAt: stored.createdAt, lastUsedAt: stored.lastUsedAt, userAgent: stored.userAgent };
}

export function presentApiKey(key: ApiKey): z.infer<typeof apiKey> {
  return { id: key._id, name: key.name, agentId: key.agentId, createdAt: key.createdAt, lastUsedAt: key.lastUsedAt };
}

function presentHours(hours: Workspace['hours']): Workspace['hours'] {
  return { timeZone: hours.timeZone, blocks: hours.blocks.map(({ day, from, to }) => ({ day, from, to })) };
}
