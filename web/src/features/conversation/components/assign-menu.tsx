import { UserRound, UsersRound } from 'lucide-react';
import { Avatar, Owner } from '../../../components/avatar.js';
import { Kbd } from '../../../components/kbd.js';
import { Picker, type Choice } from '../../../components/picker.js';
import type { ConversationRow, Me } from '../../../lib/shapes.js';
import type { Actions } from './use-actions.js';
import styles from './meta-strip.module.css';

interface AssignMenuProps {
  row: ConversationRow;
  me: Me;
  actions: Actions;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

/** Whose it is; opens the list of colleagues and teams. */
export function AssignMenu({ row, me, actions, opened, onOpened }: AssignMenuProps) {
  const owner = me.agents.find((agent) => agent.id === row.assigneeId);
  return (
    <Picker opened={opened} onClose={() => onOpened(false)} placeholder="Assign to…" choices={choicesOf(row, me)} onPick={(id) => pick(id, me, actions)}>
      <button type="button" className={styles['part']} aria-haspopup="listbox" aria-expanded={opened} aria-keyshortcuts="a" onClick={() => onOpened(!opened)} title={row.routeReason === undefined ? 'Assign' : `Why: ${row.routeReason}`}>
        <Owner name={owner?.name ?? (row.assigneeId === undefined ? undefined : 'Somebody')} />
        <span>{owner === undefined ? 'Nobody’s' : owner.id === me.agent.id ? 'Yours' : owner.name}</span>
        <Kbd of="a" />
      </button>
    </Picker>
  );
}

function choicesOf(row: ConversationRow, me: Me): Choice[] {
  const active = me.agents.filter((agent) => agent.state === 'active');
  const others = active.filter((agent) => agent.id !== me.agent.id).toSorted((one, other) => one.load - other.load || one.name.localeCompare(other.name));
  return [
    { id: `agent ${me.agent.id}`, label: 'Me', hint: me.agent.name, icon: <Avatar name={me.agent.name} size={28} tone="house" online={me.agent.presence === 'online'} />, chosen: row.assigneeId === me.agent.id },
    ...(row.assigneeId === undefined ? [] : [{ id: 'nobody', label: 'Nobody', hint: 'put it back', icon: <UserRound size={16} style={{ width: 28 }} /> }]),
    ...others.map((agent) => ({
      id: `agent ${agent.id}`, label: agent.name, hint: `${agent.load} open${agent.presence === 'away' ? ', away' : ''}`, group: 'Colleagues', chosen: row.assigneeId === agent.id,
      icon: <Avatar name={agent.name} size={28} tone="house" online={agent.presence === 'online'} />,
    })),
    ...me.teams.map((team) => ({ id: `team ${team.id}`, label: team.name, group: 'Teams', chosen: row.teamId === team.id, icon: <UsersRound size={16} style={{ width: 28 }} /> })),
  ];
}

function pick(choice: string, me: Me, actions: Actions): void {
  if (choice === 'nobody') {
    actions.assign(null, '');
    return;
  }
  const [kind, id = ''] = choice.split(' ');
  if (kind === 'team') actions.moveTo(id, me.teams.find((team) => team.id === id)?.name ?? 'the team');
  else actions.assign(id, me.agents.find((agent) => agent.id === id)?.name ?? 'them');
}
