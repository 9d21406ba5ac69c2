import { AppError } from '../../errors.js';
import type { Agent, Team } from '../../inbox/model/people.js';
import type { HttpDeps } from '../deps.js';
import { createPasswordHashing, type PasswordHashing } from './password-hashing.js';
import { assertGoodPassword } from './password-rules.js';
import { hashToken, sameSecret } from './tokens.js';

export type SetUpDeps = Pick<HttpDeps, 'people' | 'channels' | 'clock' | 'newId' | 'log'>;

export interface SetUpInput {
  companyName: string;
  name: string;
  email: string;
  password: string;
}

/** Set-up by the page: the token from the start-up log opens it, once. `forbidden` for a wrong token, `gone` when set-up is closed. */
export async function setUpWithToken(
  deps: SetUpDeps & Pick<HttpDeps, 'config'> & { passwords: PasswordHashing }, token: string, input: SetUpInput,
): Promise<Agent> {
  if ((await deps.people.setUpState()) === 'closed') throw closed();
  if (deps.config.setUpToken === undefined || !sameSecret(token, deps.config.setUpToken)) throw new AppError('forbidden', 'The set-up link is not the one printed at the last start.');
  const administrator = await createFirst(deps, deps.passwords, input);
  if (!administrator) throw closed();
  await addDefaultWebChat(deps, administrator.teamIds[0]);
  return administrator;
}

/**
 * Set-up from the environment, at every start: does nothing when set-up is closed. `apiKey` becomes a key of the new
 * administrator. Throws `bad_request` for a password that is too weak.
 */
export async function setUpUnattended(deps: SetUpDeps, input: { email: string; password: string; apiKey?: string; companyName?: string }): Promise<'done' | 'closed'> {
  if ((await deps.people.setUpState()) === 'closed') return 'closed';
  const email = input.email.trim().toLowerCase();
  const name = email.split('@')[0] ?? email;
  const administrator = await createFirst(deps, createPasswordHashing(), { companyName: input.companyName ?? 'Our company', name, email, password: input.password }, input.apiKey);
  if (!administrator) {
    await giveKeyToWinner(deps, email, input.apiKey);
    return 'closed';
  }
  await addDefaultWebChat(deps, administrator.teamIds[0]);
  return 'done';
}

/** Two processes started at once: ours lost, and had pointed the key at an administrator who was never made. */
async function giveKeyToWinner(deps: SetUpDeps, email: string, apiKey: string | undefined): Promise<void> {
  const winner = await deps.people.findAgentByEmail(email);
  if (winner && apiKey !== undefined) await putSetUpKey(deps, apiKey, winner._id);
}

async function createFirst(deps: SetUpDeps, passwords: PasswordHashing, input: SetUpInput, apiKey?: string): Promise<Agent | undefined> {
  assertGoodPassword(input.password, input);
  const now = deps.clock();
  const team: Team = { _id: deps.newId(), name: 'Support', createdAt: now };
  const administrator: Agent = {
    _id: deps.newId(), name: input.name.trim(), email: input.email, role: 'administrator', teamIds: [team._id], passwordHash: await passwords.hash(input.password),
    state: 'active', presence: 'online', capacity: 20, load: 0, createdAt: now,
  };
  // The key comes first: without its agent it opens nothing, and after a crash in between set-up is still open.
  if (apiKey !== undefined) await putSetUpKey(deps, apiKey, administrator._id);
  const outcome = await deps.people.completeSetUp({ companyName: input.companyName.trim(), at: now, administrator, team });
  if (outcome === 'closed') return undefined;
  deps.log.info({ agentId: administrator._id }, 'set-up is done and closed');
  return administrator;
}

async function putSetUpKey(deps: SetUpDeps, apiKey: string, agentId: string): Promise<void> {
  await deps.people.deleteApiKey(hashToken(apiKey));
  await deps.people.insertApiKey({ _id: hashToken(apiKey), name: 'SETUP_API_KEY', agentId, createdAt: deps.clock() });
}

async function addDefaultWebChat(deps: SetUpDeps, teamId: string | undefined): Promise<void> {
  const channels = await deps.channels.list();
  const existing = channels.find((channel) => channel.kind === 'webchat');
  if (!existing) await deps.channels.create({ kind: 'webchat', name: 'Web chat', settings: {}, secrets: {}, ...(teamId !== undefined && { teamId }) });
  else if (existing.teamId === undefined && teamId !== undefined) await deps.channels.change(existing._id, { teamId });
}

function closed(): AppError {
  return new AppError('gone', 'Rapport is set up already. Sign in instead.');
}
