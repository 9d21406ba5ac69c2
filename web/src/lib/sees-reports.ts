import type { Me } from './shapes.js';

/** Whether this person sees reports at all. The server decides; this keeps the way there from being offered in vain. */
export function seesReports(me: Me): boolean {
  return me.agent.role !== 'agent' || me.workspace.reports.agentsSeeOwn;
}
