import { Menu } from '@mantine/core';
import { Check, Flag, UsersRound } from 'lucide-react';
import { Kbd } from '../../../components/kbd.js';
import { cx } from '../../../lib/cx.js';
import { firstName } from '../../../lib/initials.js';
import type { ConversationRow, Me, Priority } from '../../../lib/shapes.js';
import { AssignMenu } from './assign-menu.js';
import { TagMenu } from './tag-menu.js';
import type { Actions } from './use-actions.js';
import styles from './meta-strip.module.css';

export type OpenMenu = 'assign' | 'snooze' | 'tags' | 'priority' | 'wait' | 'not_needed' | undefined;

interface StripProps {
  row: ConversationRow;
  me: Me;
  knownTags: readonly string[];
  actions: Actions;
  menu: OpenMenu;
  onMenu: (menu: OpenMenu) => void;
  /** Colleagues who have it open, or write in it. */
  others: { viewing: readonly { id: string; name: string }[]; typing: readonly { id: string; name: string }[] };
}

const priorities: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];
const priorityWords: Readonly<Record<Priority, string>> = { urgent: 'Urgent', high: 'High priority', normal: 'Normal priority', low: 'Low priority' };

/** Whose it is, which team's, how urgent, filed under what, and who else is here. */
export function MetaStrip({ row, me, knownTags, actions, menu, onMenu, others }: StripProps) {
  const toggle = (name: OpenMenu) => (opened: boolean) => onMenu(opened ? name : undefined);
  return (
    <div className={styles['strip']}>
      {row.imported !== true && <Held row={row} me={me} actions={actions} menu={menu} onMenu={onMenu} />}
      <TagMenu tags={row.tags} known={knownTags} opened={menu === 'tags'} onOpened={toggle('tags')} onTags={actions.setTags} />
      <span className={styles['gap']} />
      <Others others={others} />
    </div>
  );
}

/** Whose it is, which team's, and how urgent. */
function Held({ row, me, actions, menu, onMenu }: Pick<StripProps, 'row' | 'me' | 'actions' | 'menu' | 'onMenu'>) {
  const team = me.teams.find((other) => other.id === row.teamId);
  const toggle = (name: OpenMenu) => (opened: boolean) => onMenu(opened ? name : undefined);
  return (
    <>
      <AssignMenu row={row} me={me} actions={actions} opened={menu === 'assign'} onOpened={toggle('assign')} />
      {team !== undefined && (
        <button type="button" className={styles['part']} onClick={() => onMenu('assign')} aria-label={`Team: ${team.name}`}>
          <UsersRound size={13} aria-hidden /> {team.name}
        </button>
      )}
      <Menu opened={menu === 'priority'} onChange={toggle('priority')} position="bottom-start" width={190}>
        <Menu.Target>
          <button type="button" className={cx(styles['part'], styles['priority'])} data-priority={row.priority} aria-keyshortcuts="p">
            <Flag size={13} aria-hidden /> {priorityWords[row.priority]} <Kbd of="p" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {priorities.map((priority) => (
            <Menu.Item key={priority} leftSection={row.priority === priority ? <Check size={14} /> : <span style={{ width: 14 }} />} onClick={() => actions.setPriority(priority)}>
              {priorityWords[priority]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function Others({ others }: { others: StripProps['others'] }) {
  const typing = others.typing.map((agent) => firstName(agent.name));
  const viewing = others.viewing.map((agent) => firstName(agent.name)).filter((name) => !typing.includes(name));
  if (typing.length + viewing.length === 0) return null;
  const words = typing.length > 0 ? `${typing.join(' and ')} ${typing.length === 1 ? 'is' : 'are'} writing` : `${viewing.join(' and ')} ${viewing.length === 1 ? 'is' : 'are'} here, too`;
  return (
    <span className={styles['others']} role="status">
      <i aria-hidden /> {words}
    </span>
  );
}
