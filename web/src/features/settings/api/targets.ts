import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../../lib/api/client.js';
import { keys } from '../../../lib/cache/keys.js';
import type { TargetView } from '../../../lib/shapes.js';

export type TargetInput = Omit<TargetView, 'id'>;

/** How long answers may take. */
export function listTargets(api: Api) {
  return queryOptions({ queryKey: keys.targets, queryFn: async ({ signal }) => (await api.get<{ items: TargetView[] }>('/targets', undefined, signal)).items });
}

/** Makes one, or changes the one with this id. */
export function saveTarget(api: Api, id: string | undefined, input: Partial<TargetInput>): Promise<TargetView> {
  return id === undefined ? api.send('POST', '/targets', input) : api.send('PATCH', `/targets/${encodeURIComponent(id)}`, input);
}

/** Takes one away; what was breached by it stays breached. */
export function removeTarget(api: Api, id: string): Promise<void> {
  return api.send('DELETE', `/targets/${encodeURIComponent(id)}`, {});
}
