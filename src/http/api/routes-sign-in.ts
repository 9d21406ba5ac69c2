import type { Request, Response } from 'express';
import { acceptInvite, readInvite } from '../auth/invites.js';
import { logIn } from '../auth/log-in.js';
import { setUpWithToken } from '../auth/set-up.js';
import { startSession, viewerOf } from '../auth/sign-in.js';
import { hashToken } from '../auth/tokens.js';
import type { Agent } from '../../inbox/model/people.js';
import type { ApiContext } from './context.js';
import { presentAgent } from './present-people.js';
import { acceptInviteBody, inviteTokenBody, setUpBody, signInBody } from './requests.js';
import { openRoute, route, type Route } from './route.js';
import { inviteView, setUpState, signedIn } from './shapes.js';

/** Set-up, signing in and out, invitations. */
export function signInRoutes(context: ApiContext): Route[] {
  return [
    openRoute({
      method: 'get', path: '/setup', summary: 'Whether set-up is still open', answer: setUpState,
      handle: async () => ({ open: (await context.people.setUpState()) === 'open' }),
    }),
    openRoute({
      method: 'post', path: '/setup', summary: 'Makes the first administrator and closes set-up for good', body: setUpBody, answer: signedIn, status: 201,
      async handle({ body: { token, ...input }, ip, request, response }) {
        await context.limits.oneTimeLink(ip);
        return signInAs(context, await setUpWithToken(context, token, input), request, response);
      },
    }),
    openRoute({
      method: 'post', path: '/session', summary: 'Signs in with e-mail and password; sets the session cookie', body: signInBody, answer: signedIn, status: 201,
      async handle({ body, ip, request, response }) {
        return signInAs(context, await logIn(context, { ...body, ip }), request, response);
      },
    }),
    openRoute({
      method: 'post', path: '/invites/check', summary: 'Whose invitation this is, without using it up', body: inviteTokenBody, answer: inviteView,
      async handle({ body, ip }) {
        await context.limits.oneTimeLink(ip);
        const { agent, invite, kind } = await readInvite(context, body.token);
        return { name: agent.name, email: agent.email, kind, expiresAt: invite.expiresAt };
      },
    }),
    openRoute({
      method: 'post', path: '/invites/accept', summary: 'Uses an invitation up: sets the password and signs in', body: acceptInviteBody, answer: signedIn, status: 201,
      async handle({ body, ip, request, response }) {
        await context.limits.oneTimeLink(ip);
        return signInAs(context, await acceptInvite(context, body.token, body.password), request, response);
      },
    }),
    route({
      method: 'delete', path: '/session', summary: 'Signs out', who: 'agent',
      async handle({ response }, { session, agent }) {
        if (session) await context.people.deleteSession(session._id);
        context.live.publish({ kind: 'agent', agentId: agent._id });
        response.setHeader('set-cookie', context.cookie.clear());
      },
    }),
  ];
}

/** A fresh session in place of the one the browser had: an id known before signing in is worth nothing after. */
export async function signInAs(context: ApiContext, agent: Agent, request: Request, response: Response) {
  const earlier = context.cookie.read(request.headers);
  if (earlier !== undefined) await context.people.deleteSession(hashToken(earlier));
  const { token, session } = await startSession(context, agent, request.headers['user-agent'] ?? '');
  response.setHeader('set-cookie', context.cookie.write(token));
  // Coming to work: routing may give them something again.
  const present = agent.presence === 'away' ? await context.actions.setPresence(viewerOf(agent), 'online') : agent;
  return { csrf: session.csrf, agent: presentAgent(present) };
}
