import type { Api } from '../../../lib/api/client.js';
import type { TeamView } from '../../../lib/shapes.js';

/** Adds a team. */
export function addTeam(api: Api, name: string): Promise<TeamView> {
  return api.send('POST', '/teams', { name });
}

/** Calls a team otherwise. */
export function renameTeam(api: Api, id: string, name: string): Promise<TeamView> {
  return api.send('PATCH', `/teams/${encodeURIComponent(id)}`, { name });
}
