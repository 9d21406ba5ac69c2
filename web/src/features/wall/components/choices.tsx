import { UserRound } from 'lucide-react';
import { Avatar } from '../../../components/avatar.js';
import type { Choice } from '../../../components/picker.js';
import type { AgentView, Me, WallRow } from '../../../lib/shapes.js';

/** To whom it can be given: me first, then whoever is there with the least to do. */
export function assignChoices({ conversation: { assigneeId, teamId } }: WallRow, me: Me): Choice[] {
  const others = colleagues(me, teamId).filter((agent) => agent.id !== me.agent.id);
  return [
    { id: me.agent.id, label: 'Me', hint: me.agent.name, icon: face(me.agent), chosen: assigneeId === me.agent.id },
    ...(assigneeId === undefined ? [] : [{ id: 'nobody', label: 'Nobody', hint: 'put it back', icon: <UserRound size={16} style={{ width: 28 }} /> }]),
    ...others.map((agent) => ({ ...choice(agent), chosen: assigneeId === agent.id })),
  ];
}

/** Who can be asked to help: whoever can open it, but me and whoever has it. */
export function callInChoices({ conversation: { assigneeId, teamId } }: WallRow, me: Me): Choice[] {
  return colleagues(me, teamId).filter((agent) => agent.id !== me.agent.id && agent.id !== assigneeId && mayOpen(agent, teamId)).map(choice);
}

function mayOpen(agent: AgentView, teamId: string | undefined): boolean {
  return teamId === undefined || agent.role === 'administrator' || agent.teamIds.includes(teamId);
}

function colleagues(me: Me, teamId: string | undefined): AgentView[] {
  const rank = (agent: AgentView) => (agent.presence === 'away' ? 2 : 0) + (teamId === undefined || agent.teamIds.includes(teamId) ? 0 : 1);
  return me.agents.filter((agent) => agent.state === 'active').toSorted((one, other) => rank(one) - rank(other) || one.load - other.load || one.name.localeCompare(other.name));
}

function choice(agent: AgentView): Choice {
  return { id: agent.id, label: agent.name, hint: `${agent.load} open${agent.presence === 'away' ? ', away' : ''}`, group: agent.presence === 'away' ? 'Away' : 'Here', icon: face(agent) };
}

function face(agent: AgentView) {
  return <Avatar name={agent.name} size={28} tone="house" online={agent.presence === 'online'} />;
}
