import { randomBytes } from 'node:crypto';
import type { People } from '../http/deps.js';
import type { Agent, Team } from '../inbox/model/people.js';
import { agentLoads } from '../inbox/read/list.js';
import type { AllCollections } from '../store/collections/collections.js';
import type { HoursOf } from './hours-of.js';

/** Agents, teams, sessions, keys and workspace settings for the web side, over the collections. Hours are those of the calendars. */
export function createPeople(c: AllCollections, changed: { teams: () => Promise<void>; times: () => Promise<void> }, hoursOf: HoursOf): People {
  const withHours = ({ hours: _before, ...team }: Team): Team => {
    const hours = hoursOf.team(team._id);
    return hours === undefined ? team : { ...team, hours };
  };
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
      await hoursOf.setFirstZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
      await changed.teams();
      return 'done';
    },
    findAgent: (id) => c.agents.get(id),
    findAgentByEmail: (email) => c.agents.byEmail(email),
    listAgents: async () => agentLoads({ store: { now: c } }, await c.agents.all()),
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
    listTeams: async () => (await c.teams.all()).map(withHours),
    insertTeam: async ({ hours, ...team }) => {
      await c.teams.insert(team);
      await changed.teams();
      if (hours !== undefined) await hoursOf.setTeam(team, hours, 'always');
    },
    changeTeam: async (id, { hours, ...rest }) => {
      const before = await c.teams.get(id);
      if (before === undefined) return undefined;
      if (hours !== undefined) await hoursOf.setTeam(before, hours);
      if (Object.keys(rest).length === 0) return withHours(before);
      const after = await c.teams.change(id, { set: rest });
      await changed.teams();
      return after === undefined ? undefined : withHours(after);
    },
    workspace: async () => ({ ...await c.settings.workspace(), hours: hoursOf.house() }),
    changeWorkspace: async ({ hours, ...rest }) => {
      if (hours !== undefined) await hoursOf.setHouse(hours);
      const before = await c.settings.workspace();
      const salt = rest.reports?.hideNames === true && before.nameSalt === undefined ? { nameSalt: randomBytes(16).toString('hex') } : {};
      const after = Object.keys(rest).length === 0 ? before : await c.settings.change({ set: { ...rest, ...salt } });
      await changed.times();
      return { ...after, hours: hoursOf.house() };
    },
  };
}

async function isLastAdministrator(c: AllCollections, id: string): Promise<boolean> {
  const active = (await c.agents.all()).filter((agent: Agent) => agent.role === 'administrator' && agent.state === 'active');
  return active.length === 1 && active[0]?._id === id;
}
