import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { AgentView, Invited, Role } from '../../../lib/shapes.js';

export interface AgentInput {
  name: string;
  role: Role;
  teamIds: string[];
  capacity: number;
}

const path = (id: string) => `/agents/${encodeURIComponent(id)}`;

/** Everybody who answers, those who no longer do included. */
export function listAgents(api: Api) {
  return queryOptions({ queryKey: keys.agents, queryFn: async ({ signal }) => (await api.get<{ items: AgentView[] }>('/agents', undefined, signal)).items });
}

/** Adds somebody; the answer's link is their way in and is shown once. */
export function addAgent(api: Api, input: AgentInput & { email: string }): Promise<Invited> {
  return api.send('POST', '/agents', input);
}

/** Changes name, role, teams or how much they get. */
export function changeAgent(api: Api, id: string, input: AgentInput): Promise<AgentView> {
  return api.send('PATCH', path(id), input);
}

/** A new one-time link: for a first password, or for a forgotten one. */
export function inviteAgain(api: Api, id: string): Promise<Invited> {
  return api.send('POST', `${path(id)}/invite`);
}

/** Shuts somebody out at once, or lets them in again. */
export function switchAgent(api: Api, id: string, to: 'disable' | 'enable'): Promise<AgentView> {
  return api.send('POST', `${path(id)}/${to}`);
}
