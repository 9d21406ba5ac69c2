import { createHash } from 'node:crypto';
import { AppError } from '../errors.js';
import type { Viewer } from '../inbox/api.js';
import type { Workspace } from '../inbox/model/people.js';

/**
 * What a viewer's report may hold: administrators everything, leads their teams, agents their own waits where the
 * workspace lets them. Asked by API, page, export and digest alike.
 */
export interface ReportScope {
  of: 'everything' | 'teams' | 'own';
  /** Of `teams`. */
  teamIds: readonly string[];
  /** Of `own`. */
  agentId: string;
  /** Whether responders' names are shown; one's own always is. */
  names: boolean;
  /** Of what stands for a hidden name. */
  salt?: string;
}

/** Throws `forbidden` when this viewer sees no reports. */
export function scopeOf(viewer: Viewer, workspace: Pick<Workspace, 'reports' | 'nameSalt'>): ReportScope {
  const rules = workspace.reports ?? { agentsSeeOwn: false, hideNames: false };
  const names = { names: !rules.hideNames, ...(workspace.nameSalt === undefined ? {} : { salt: workspace.nameSalt }) };
  if (viewer.role === 'administrator') return { of: 'everything', teamIds: [], agentId: viewer.agentId, ...names };
  if (viewer.role === 'lead') return { of: 'teams', teamIds: viewer.teamIds, agentId: viewer.agentId, ...names };
  if (!rules.agentsSeeOwn) throw new AppError('forbidden', 'Reports are for team leads. An administrator can let agents see their own figures in Settings, Reports.');
  return { of: 'own', teamIds: [], agentId: viewer.agentId, ...names };
}

/** A responder as this scope shows them: with a name, or as an opaque key that is the same for the same agent. */
export function shownResponder(scope: ReportScope, agent: { id: string; name: string }): { id: string; name: string } {
  if (scope.names || agent.id === scope.agentId) return agent;
  const key = createHash('sha256').update(`responder:${scope.salt ?? ''}:${agent.id}`).digest('hex').slice(0, 12);
  return { id: key, name: `Agent ${key.slice(0, 4)}` };
}
