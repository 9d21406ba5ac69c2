import { z } from 'zod';
import { AppError } from '../../errors.js';
import type { Agent } from '../../inbox/model/people.js';
import { inviteAgent } from '../auth/invites.js';
import type { AgentChange } from '../deps.js';
import type { ApiContext } from './context.js';
import { defined } from './defined.js';
import { found } from './found.js';
import { presentAgent, presentTeam } from './present-people.js';
import { changeAgentBody, changeTeamBody, idParams, newAgentBody, newTeamBody } from './requests.js';
import { route, type Route } from './route.js';
import { agent as agentShape, invited, team as teamShape } from './shapes.js';

/** Who answers, and in which teams. Changes are for administrators. */
export function teamRoutes(context: ApiContext): Route[] {
  const { people } = context;
  return [
    route({
      method: 'get', path: '/agents', summary: 'Everybody who answers', who: 'agent', answer: z.object({ items: z.array(agentShape) }),
      handle: async () => ({ items: (await people.listAgents()).map(presentAgent) }),
    }),
    route({
      method: 'post', path: '/agents', summary: 'Adds an agent and makes the one-time link for the first password', who: 'administrator', body: newAgentBody, answer: invited, status: 201,
      async handle({ body }) {
        await assertTeams(context, body.teamIds);
        const agent: Agent = { _id: context.newId(), ...body, name: body.name.trim(), state: 'invited', presence: 'away', load: 0, createdAt: context.clock() };
        if ((await people.insertAgent(agent)) === 'email_taken') throw new AppError('conflict', 'An agent with this address exists already.', { facts: { field: 'email' } });
        context.live.publish({ kind: 'agent', agentId: agent._id });
        return { agent: presentAgent(agent), ...(await inviteAgent(context, agent)) };
      },
    }),
    route({
      method: 'patch', path: '/agents/:id', summary: 'Changes name, role, teams or capacity', who: 'administrator', params: idParams, body: changeAgentBody, answer: agentShape,
      async handle({ params, body }) {
        await assertTeams(context, body.teamIds ?? []);
        return presentAgent(await changeAgent(context, params.id, defined(body)));
      },
    }),
    route({
      method: 'post', path: '/agents/:id/disable', summary: 'Shuts an agent out at once: sessions end, links end, keys stop', who: 'administrator', params: idParams, answer: agentShape,
      async handle({ params }) {
        const agent = await changeAgent(context, params.id, { state: 'disabled' });
        await people.deleteSessionsOf(agent._id);
        await people.deleteInvitesOf(agent._id);
        context.live.publish({ kind: 'agent', agentId: agent._id });
        return presentAgent(agent);
      },
    }),
    route({
      method: 'post', path: '/agents/:id/enable', summary: 'Lets a disabled agent in again', who: 'administrator', params: idParams, answer: agentShape,
      async handle({ params }) {
        const agent = found(await people.findAgent(params.id), 'agent');
        if (agent.state !== 'disabled') return presentAgent(agent);
        return presentAgent(await changeAgent(context, params.id, { state: agent.passwordHash === undefined ? 'invited' : 'active' }));
      },
    }),
    route({
      method: 'post', path: '/agents/:id/invite', summary: 'Makes a new one-time link: 48 h for a first password, 1 h for a forgotten one', who: 'administrator',
      params: idParams, answer: invited, status: 201,
      async handle({ params }) {
        const agent = found(await people.findAgent(params.id), 'agent');
        if (agent.state === 'disabled') throw new AppError('conflict', 'This agent is disabled.');
        return { agent: presentAgent(agent), ...(await inviteAgent(context, agent)) };
      },
    }),
    route({
      method: 'post', path: '/agents/:id/sign-out', summary: 'Ends every session of an agent', who: 'administrator', params: idParams,
      async handle({ params }) {
        const agent = found(await people.findAgent(params.id), 'agent');
        await people.deleteSessionsOf(agent._id);
        context.live.publish({ kind: 'agent', agentId: agent._id });
      },
    }),
    ...teams(context),
  ];
}

function teams({ people, newId, clock }: ApiContext): Route[] {
  return [
    route({
      method: 'get', path: '/teams', summary: 'All teams', who: 'agent', answer: z.object({ items: z.array(teamShape) }),
      handle: async () => ({ items: (await people.listTeams()).map(presentTeam) }),
    }),
    route({
      method: 'post', path: '/teams', summary: 'Adds a team', who: 'administrator', body: newTeamBody, answer: teamShape, status: 201,
      async handle({ body: { name, hours } }) {
        const team = { _id: newId(), name: name.trim(), createdAt: clock(), ...(hours && { hours }) };
        await people.insertTeam(team);
        return presentTeam(team);
      },
    }),
    route({
      method: 'patch', path: '/teams/:id', summary: "Changes a team's name or business hours", who: 'administrator', params: idParams, body: changeTeamBody, answer: teamShape,
      handle: async ({ params, body }) => presentTeam(found(await people.changeTeam(params.id, defined(body)), 'team')),
    }),
  ];
}

async function changeAgent(context: ApiContext, id: string, change: AgentChange): Promise<Agent> {
  const agent = await context.people.changeAgent(id, change);
  if (agent === 'last_administrator') throw new AppError('conflict', 'Somebody has to stay administrator.', { facts: { rule: 'last_administrator' } });
  const changed = found(agent, 'agent');
  context.live.publish({ kind: 'agent', agentId: id });
  return changed;
}

async function assertTeams(context: ApiContext, teamIds: readonly string[]): Promise<void> {
  if (teamIds.length === 0) return;
  const known = new Set((await context.people.listTeams()).map((team) => team._id));
  if (!teamIds.every((id) => known.has(id))) throw new AppError('bad_request', 'There is no such team.', { facts: { field: 'teamIds' } });
}
