import type { People } from '../http/deps.js';
import type { Agent } from '../inbox/model/people.js';
import type { AllCollections } from '../store/collections/collections.js';

/** Agents, teams, sessions, keys and workspace settings for the web side, over the collections. */
export function createPeople(c: AllCollections, changed: { teams: () => Promise<void>; times: () => Promise<void> }): People {
  return {
    setUpState: async () => (await c.settings.workspace()).setUpAt !== undefined && (await c.agents.all()).some((agent) => agent.role === 'administrator') ? 'closed' : 'open',
    completeSetUp: async ({ companyName, at, administrator, team }) => {
      const mine = await c.settings.claimSetUp(companyName, at);
      const agents = await c.agents.all();
      if (agents.some((agent) => agent.role === 'administrator')) return 'closed';
      // Not mine, yet without an administrator: whoever claimed it died in between, and set-up may be finished now.
      if (!mine && at - ((await c.settings.workspace()).setUpAt ?? at) < 5_000) return 'closed';
      if (await c.agents.insert(administrator) === 'duplicate') return 'closed';
      await c.teams.insert(team);
      await c.settings.change({ set: { hours: { ...(await c.settings.workspace()).hours, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } } });
      await changed.teams();
      await changed.times();
      return 'done';
    },
    findAgent: (id) => c.agents.get(id),
    findAgentByEmail: (email) => c.agents.byEmail(email),
    listAgents: () => c.agents.all(),
    insertAgent: async (agent) => await c.agents.insert(agent) === 'inserted' ? 'inserted' : 'email_taken',
    changeAgent: async (id, change) => {
      const losesRight = (change.role !== undefined && change.role !== 'administrator') || (change.state !== undefined && change.state !== 'active');
      if (losesRight && await isLastAdministrator(c, id)) return 'last_administrator';
      return c.agents.change(id, { set: change });
    },
    insertInvite: async (invite) => {
      await c.invites.insert(invite);
    },
    findInvite: (id, now) => c.invites.find(id, now),
    takeInvite: (id, now) => c.invites.take(id, now),
    deleteInvitesOf: (agentId) => c.invites.removeOfAgent(agentId),
    insertSession: async (session) => {
      await c.sessions.insert(session);
    },
    findSession: (id) => c.sessions.get(id),
    touchSession: (id, lastUsedAt) => c.sessions.touch(id, lastUsedAt),
    listSessions: (agentId) => c.sessions.ofAgent(agentId),
    deleteSession: (id) => c.sessions.remove(id),
    deleteSessionsOf: (agentId, options) => c.sessions.removeOfAgent(agentId, options?.exceptId),
    deleteStaleSessions: (before) => c.sessions.removeStale(before),
    insertApiKey: async (key) => {
      await c.apiKeys.insert(key);
    },
    findApiKey: (id) => c.apiKeys.get(id),
    listApiKeys: () => c.apiKeys.all(),
    deleteApiKey: (id) => c.apiKeys.remove(id),
    touchApiKey: (id, lastUsedAt) => c.apiKeys.touch(id, lastUsedAt),
    listTeams: () => c.teams.all(),
    insertTeam: async (team) => {
      await c.teams.insert(team);
      await changed.teams();
    },
    changeTeam: async (id, change) => {
      const { hours, ...rest } = change;
      const after = await c.teams.change(id, { set: { ...rest, ...(hours === undefined || hours === null ? {} : { hours }) }, unset: hours === null ? ['hours'] : [] });
      await changed.teams();
      await changed.times();
      return after;
    },
    workspace: () => c.settings.workspace(),
    changeWorkspace: async (change) => {
      const after = await c.settings.change({ set: change });
      await changed.times();
      return after;
    },
  };
}

async function isLastAdministrator(c: AllCollections, id: string): Promise<boolean> {
  const active = (await c.agents.all()).filter((agent: Agent) => agent.role === 'administrator' && agent.state === 'active');
  return active.length === 1 && active[0]?._id === id;
}
