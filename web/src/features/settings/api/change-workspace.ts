import type { Api } from '../../../lib/api/client.js';
import type { Me } from '../../../lib/shapes.js';

export type WorkspaceInput = Omit<Me['workspace'], 'demo'>;

/** Changes what holds for everybody. */
export function changeWorkspace(api: Api, input: Partial<WorkspaceInput>): Promise<Me['workspace']> {
  return api.send('PATCH', '/settings', input);
}
