import { AppError } from '../../errors.js';
import type { Agent } from '../../inbox/model/people.js';
import type { HttpDeps, Invite } from '../deps.js';
import { setPassword, type LoginDeps } from './log-in.js';
import { assertGoodPassword } from './password-rules.js';
import { hashToken, newToken } from './tokens.js';

const hour = 3_600_000;
/** A link for somebody who has a password already is a key to a living account: one hour. */
const lifeMs = { invite: 48 * hour, reset: hour } as const;

type InviteDeps = Pick<HttpDeps, 'people' | 'clock' | 'config'>;

/**
 * A one-time link with which the agent chooses a password; earlier links of the agent end. The token stands behind `#`,
 * so that it reaches no log and no referrer; only its hash is stored.
 */
export async function inviteAgent(deps: InviteDeps, agent: Agent): Promise<{ link: string; expiresAt: number }> {
  const token = newToken();
  const now = deps.clock();
  const expiresAt = now + lifeMs[kindOf(agent)];
  await deps.people.deleteInvitesOf(agent._id);
  await deps.people.insertInvite({ _id: hashToken(token), agentId: agent._id, createdAt: now, expiresAt });
  return { link: `${deps.config.publicUrl}/invite#${token}`, expiresAt };
}

/** Whose link this is, without using it up. Throws `gone` for one that is used, expired or was never made. */
export async function readInvite(deps: InviteDeps, token: string): Promise<{ agent: Agent; invite: Invite; kind: 'invite' | 'reset' }> {
  const invite = await deps.people.findInvite(hashToken(token), deps.clock());
  const agent = invite && (await deps.people.findAgent(invite.agentId));
  if (!agent || agent.state === 'disabled') throw gone();
  return { agent, invite, kind: kindOf(agent) };
}

/** Uses the link up and sets the password. Of two at once one gets `gone`. */
export async function acceptInvite(deps: InviteDeps & Pick<LoginDeps, 'passwords'>, token: string, password: string): Promise<Agent> {
  const { agent, invite } = await readInvite(deps, token);
  assertGoodPassword(password, agent);
  if (!(await deps.people.takeInvite(invite._id, deps.clock()))) throw gone();
  return setPassword(deps, agent, password);
}

function kindOf(agent: Agent): 'invite' | 'reset' {
  return agent.passwordHash === undefined ? 'invite' : 'reset';
}

function gone(): AppError {
  return new AppError('gone', 'This link was used already or is too old. Ask an administrator for a new one.');
}
