import type { Agent } from '../../inbox/model/people.js';
import { AppError } from '../../errors.js';
import type { HttpDeps } from '../deps.js';
import type { PasswordHashing } from './password-hashing.js';
import { assertGoodPassword } from './password-rules.js';
import type { RateLimits } from './rate-limits.js';

export interface LoginDeps extends Pick<HttpDeps, 'people' | 'log'> {
  passwords: PasswordHashing;
  limits: RateLimits;
}

/**
 * The agent with this address and password. Throws `not_signed_in` for any wrong pair, in the same time whether the
 * address exists or not, and `too_many` beyond 5 tries a minute for an account or 20 for an address on the net.
 */
export async function logIn(deps: LoginDeps, input: { email: string; password: string; ip: string }): Promise<Agent> {
  const email = input.email.trim().toLowerCase();
  await deps.limits.signIn(email, input.ip);
  const agent = await deps.people.findAgentByEmail(email);
  const usable = agent?.state === 'active' ? agent : undefined;
  const right = await deps.passwords.matches(usable?.passwordHash, input.password);
  if (!right || !usable) {
    deps.log.warn({ ip: input.ip, agentId: agent?._id }, 'sign-in refused');
    throw new AppError('not_signed_in', 'E-mail or password is wrong.');
  }
  await deps.limits.signedIn(email);
  await rehashWhenOutdated(deps, usable, input.password);
  return usable;
}

/** Sets a new password after asking for the current one. All sessions of the agent end; the caller starts a fresh one. */
export async function changePassword(deps: LoginDeps, agent: Agent, input: { current: string; password: string; ip: string }): Promise<void> {
  await deps.limits.signIn(agent.email, input.ip);
  if (!(await deps.passwords.matches(agent.passwordHash, input.current))) throw new AppError('forbidden', 'The current password is wrong.');
  await deps.limits.signedIn(agent.email);
  await setPassword(deps, agent, input.password);
}

/** Checks, hashes and stores a password, and ends every session and open link of the agent. */
export async function setPassword(deps: Pick<LoginDeps, 'people' | 'passwords'>, agent: Agent, password: string): Promise<Agent> {
  assertGoodPassword(password, agent);
  const passwordHash = await deps.passwords.hash(password);
  const changed = await deps.people.changeAgent(agent._id, { passwordHash, state: 'active' });
  if (!changed || changed === 'last_administrator') throw new AppError('not_found', 'This agent does not exist any more.');
  await deps.people.deleteSessionsOf(agent._id);
  await deps.people.deleteInvitesOf(agent._id);
  return changed;
}

async function rehashWhenOutdated(deps: LoginDeps, agent: Agent, password: string): Promise<void> {
  if (agent.passwordHash === undefined || !deps.passwords.isOutdated(agent.passwordHash)) return;
  await deps.people.changeAgent(agent._id, { passwordHash: await deps.passwords.hash(password) });
}
