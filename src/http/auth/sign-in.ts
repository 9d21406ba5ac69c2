import type { IncomingMessage } from 'node:http';
import { AppError } from '../../errors.js';
import type { Viewer } from '../../inbox/api.js';
import type { Agent, Session } from '../../inbox/model/people.js';
import type { HttpDeps } from '../deps.js';
import type { SessionCookie } from './cookies.js';
import { hashToken, newToken } from './tokens.js';

const hour = 3_600_000;
/** OWASP's upper end for a tool people work in all day. */
export const sessionIdleMs = 12 * hour;
export const sessionLongestMs = 7 * 24 * hour;
const touchEveryMs = 5 * 60_000;

/** Who is behind a request. `session` is absent when an API key was used. */
export interface SignedIn {
  agent: Agent;
  viewer: Viewer;
  session?: Session;
  /** Stable while the session or key lives; counts requests and finds live connections. */
  credentialId: string;
}

export type AuthStores = Pick<HttpDeps, 'people' | 'clock'>;

export function viewerOf(agent: Agent): Viewer {
  return { agentId: agent._id, role: agent.role, teamIds: agent.teamIds };
}

/** Who sent this request: by `Authorization: Bearer`, else by cookie; `undefined` when nobody we know. Asks the store each time. */
export async function whoIs(deps: AuthStores, cookie: SessionCookie, request: IncomingMessage): Promise<SignedIn | undefined> {
  const bearer = bearerOf(request);
  if (bearer !== undefined) return byKey(deps, bearer);
  const token = cookie.read(request.headers);
  return token === undefined ? undefined : bySession(deps, hashToken(token));
}

/** As `whoIs`, for a credential that was seen before: is it still good? */
export function stillSignedIn(deps: AuthStores, person: SignedIn): Promise<SignedIn | undefined> {
  return person.session ? bySession(deps, person.session._id) : keyById(deps, person.credentialId);
}

/** Makes a session. The token goes into the cookie and nowhere else. */
export async function startSession(deps: AuthStores, agent: Agent, userAgent: string): Promise<{ token: string; session: Session }> {
  const token = newToken();
  const now = deps.clock();
  const session: Session = { _id: hashToken(token), agentId: agent._id, createdAt: now, lastUsedAt: now, userAgent: userAgent.slice(0, 300), csrf: newToken() };
  await deps.people.insertSession(session);
  return { token, session };
}

async function bySession(deps: AuthStores, sessionId: string): Promise<SignedIn | undefined> {
  const session = await deps.people.findSession(sessionId);
  const now = deps.clock();
  if (!session || now - session.lastUsedAt > sessionIdleMs || now - session.createdAt > sessionLongestMs) return undefined;
  const agent = await activeAgent(deps, session.agentId);
  if (!agent) return undefined;
  return { agent, viewer: viewerOf(agent), session, credentialId: session._id };
}

function byKey(deps: AuthStores, key: string): Promise<SignedIn | undefined> {
  return keyById(deps, hashToken(key));
}

async function keyById(deps: AuthStores, keyId: string): Promise<SignedIn | undefined> {
  const key = await deps.people.findApiKey(keyId);
  const agent = key && (await activeAgent(deps, key.agentId));
  return agent ? { agent, viewer: viewerOf(agent), credentialId: key._id } : undefined;
}

/** Notes that a credential was used, at most every five minutes. */
export async function noteUse(deps: AuthStores, person: SignedIn): Promise<void> {
  const now = deps.clock();
  if (person.session) {
    if (now - person.session.lastUsedAt > touchEveryMs) await deps.people.touchSession(person.session._id, now);
    return;
  }
  const key = await deps.people.findApiKey(person.credentialId);
  if (key && now - (key.lastUsedAt ?? 0) > touchEveryMs) await deps.people.touchApiKey(key._id, now);
}

async function activeAgent(deps: AuthStores, agentId: string): Promise<Agent | undefined> {
  const agent = await deps.people.findAgent(agentId);
  return agent?.state === 'active' ? agent : undefined;
}

function bearerOf(request: IncomingMessage): string | undefined {
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  const match = /^Bearer ([\x21-\x7e]{16,500})$/i.exec(header);
  if (!match?.[1]) throw new AppError('not_signed_in', 'The Authorization header is not "Bearer KEY".');
  return match[1];
}
