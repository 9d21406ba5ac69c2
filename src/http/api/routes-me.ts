import { z } from 'zod';
import { AppError } from '../../errors.js';
import { changePassword } from '../auth/log-in.js';
import type { SignedIn } from '../auth/sign-in.js';
import type { ApiContext } from './context.js';
import { found } from './found.js';
import { presentChannelSummary } from './present-channel.js';
import { presentAgent, presentSession, presentTeam, presentWorkspace } from './present-people.js';
import { changeMeBody, changePasswordBody, idParams, myPresenceQuery } from './requests.js';
import { route, type Route } from './route.js';
import { signInAs } from './routes-sign-in.js';
import { agent as agentShape, counts, me, myPresence, session as sessionShape, signedIn, type Me } from './shapes.js';

const usualSpans = 200;

/** The person who asks: the first call of the screen, their password, their sessions. */
export function meRoutes(context: ApiContext): Route[] {
  const { people } = context;
  return [
    route({
      method: 'get', path: '/me', summary: 'The first call of the screen: who I am, colleagues, teams, counts, channels', who: 'agent', answer: me,
      handle: (_call, person) => presentMe(context, person),
    }),
    route({
      method: 'patch', path: '/me', summary: 'Changes my name, presence or preferences', who: 'agent', body: changeMeBody, answer: agentShape,
      async handle({ body: { presence, name, preferences } }, person) {
        if (presence !== undefined) await context.actions.setPresence(person.viewer, presence);
        const change = { ...(name !== undefined && { name }), ...(preferences !== undefined && { preferences: compact({ ...person.agent.preferences, ...preferences }) }) };
        const agent = await people.changeAgent(person.agent._id, change);
        context.live.publish({ kind: 'agent', agentId: person.agent._id });
        return presentAgent(found(agent === 'last_administrator' ? undefined : agent, 'agent'));
      },
    }),
    route({
      method: 'post', path: '/me/password', summary: 'Changes my password; every session of mine ends and a new one begins', who: 'agent',
      body: changePasswordBody, answer: signedIn,
      async handle({ body, ip, request, response }, { agent, session }) {
        if (!session) throw new AppError('forbidden', 'A password is changed in the browser, not with an API key.');
        await changePassword(context, agent, { ...body, ip });
        const answer = await signInAs(context, agent, request, response);
        context.live.publish({ kind: 'agent', agentId: agent._id });
        return answer;
      },
    }),
    route({
      method: 'get', path: '/me/presence', summary: 'All that is kept of when I was here; nobody else sees it but as numbers', who: 'agent', query: myPresenceQuery, answer: myPresence,
      async handle({ query: { before, limit = usualSpans } }, { agent }) {
        const spans = await context.presence?.ofAgent(agent._id, { limit, ...(before === undefined ? {} : { before }) }) ?? [];
        const oldest = spans.at(-1);
        return { items: spans.map(({ from, to, state }) => ({ from, to, state })), ...(oldest === undefined || spans.length < limit ? {} : { keptBefore: oldest.from }) };
      },
    }),
    route({
      method: 'get', path: '/counts', summary: 'How many conversations lie in each view', who: 'agent', answer: counts,
      handle: (_call, { viewer }) => context.reads.counts(viewer),
    }),
    route({
      method: 'get', path: '/sessions', summary: 'Where I am signed in', who: 'agent', answer: z.object({ items: z.array(sessionShape) }),
      async handle(_call, { agent, session }) {
        return { items: (await people.listSessions(agent._id)).map((stored) => presentSession(stored, session?._id)) };
      },
    }),
    route({
      method: 'delete', path: '/sessions', summary: 'Signs me out everywhere else', who: 'agent',
      async handle(_call, { agent, session }) {
        await people.deleteSessionsOf(agent._id, session ? { exceptId: session._id } : {});
        context.live.publish({ kind: 'agent', agentId: agent._id });
      },
    }),
    route({
      method: 'delete', path: '/sessions/:id', summary: 'Ends one of my sessions', who: 'agent', params: idParams,
      async handle({ params }, { agent }) {
        const own = await people.findSession(params.id);
        if (own?.agentId !== agent._id) throw new AppError('not_found', 'There is no such session.');
        await people.deleteSession(own._id);
        context.live.publish({ kind: 'agent', agentId: agent._id });
      },
    }),
  ];
}

async function presentMe(context: ApiContext, { agent, viewer, session }: SignedIn): Promise<Me> {
  // Before everything else: what changes while the rest is read comes again over the live events.
  const changeSeq = context.hub.mark();
  const [agents, teams, counts, workspace, channels] = await Promise.all([
    context.people.listAgents(), context.people.listTeams(), context.reads.counts(viewer), context.people.workspace(), context.book.all(),
  ]);
  return {
    agent: presentAgent(agent),
    csrf: session?.csrf ?? '',
    agents: agents.map(presentAgent),
    teams: teams.map(presentTeam),
    counts,
    workspace: presentWorkspace(workspace, context.config.demo),
    channels: channels.map((channel) => presentChannelSummary(channel, context.channels.types(), context.channels.mirrorPlaces(channel._id))),
    preferences: { theme: agent.preferences?.theme, density: agent.preferences?.density, language: agent.preferences?.language },
    changeSeq,
  };
}

type Preferences = NonNullable<SignedIn['agent']['preferences']>;

function compact({ theme, density, language }: { [K in keyof Preferences]?: Preferences[K] | (K extends 'language' ? null : never) | undefined }): Preferences {
  return { ...(theme !== undefined && { theme }), ...(density !== undefined && { density }), ...(language !== undefined && language !== null && { language }) };
}
