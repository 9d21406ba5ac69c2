import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ChevronsUp, Flag, Megaphone, UserRoundPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Owner } from '../../../components/avatar.js';
import { ChannelIcon } from '../../../components/channel-icon.js';
import { Clock, Waited } from '../../../components/clock.js';
import { Picker } from '../../../components/picker.js';
import type { Me, WallRow as Row } from '../../../lib/shapes.js';
import { calendarDay, dayWords, timeOfDay } from '../../../lib/time/format.js';
import { holderWords, raised, rowWait } from '../model/wall-words.js';
import { assignChoices, callInChoices } from './choices.js';
import type { WallActions } from './use-wall-actions.js';
import styles from './wall-row.module.css';

export type OpenRowMenu = 'assign' | 'call' | undefined;

interface RowProps {
  row: Row;
  me: Me;
  now: number;
  /** It waits no longer, and stays only while somebody works on the rows. */
  gone: boolean;
  actions: WallActions;
  menu: OpenRowMenu;
  onMenu: (menu: OpenRowMenu) => void;
}

/** Who waits, since when, with whom; and what can be done about it without leaving the wall. */
export function WallRow({ row, me, now, gone, actions, menu, onMenu }: RowProps) {
  const { conversation } = row;
  const team = me.teams.find((other) => other.id === conversation.teamId);
  const more = raised(conversation.priority);
  return (
    <li className={styles['row']} data-gone={gone || undefined} data-open={menu !== undefined || undefined} data-wait={conversation.id}>
      <span className={styles['clock']}>{gone ? <span className={styles['quiet']}>waits no longer</span> : <RowClock row={row} me={me} now={now} />}</span>
      <span className={styles['who']}>
        <Link to="/inbox/$view/$conversationId" params={{ view: 'waiting', conversationId: conversation.id }} className={styles['name']} data-row-link>
          {conversation.customer.name}
        </Link>
        {conversation.audience !== undefined && <Megaphone size={12} role="img" aria-label="in public" className={styles['public']} />}
        {(conversation.priority === 'urgent' || conversation.priority === 'high') && <Flag size={12} role="img" aria-label={`${conversation.priority} priority`} className={styles['flag']} data-priority={conversation.priority} />}
        <small>{conversation.subject ?? (conversation.preview.by === 'customer' ? conversation.preview.text : '')}</small>
      </span>
      <span className={styles['about']}>
        <ChannelIcon kind={conversation.channel.kind} size={13} />
        <span>
          {[conversation.channel.name, `since ${sinceWords(row.since, now)}`, ...(team === undefined ? [] : [team.name])].join(' · ')}
        </span>
      </span>
      <span className={styles['holder']}>
        <Picker opened={menu === 'assign'} onClose={() => onMenu(undefined)} placeholder="Assign to…" choices={assignChoices(row, me)} onPick={(id) => actions.assign(row, id === 'nobody' ? null : id)}>
          <button type="button" className={styles['assign']} aria-haspopup="listbox" aria-expanded={menu === 'assign'} aria-keyshortcuts="a" title="Assign" aria-label={`Assign ${conversation.customer.name}; now ${holderWords(row)}`} onClick={() => onMenu(menu === 'assign' ? undefined : 'assign')}>
            <Owner name={row.holder?.name} />
            <span>{holderWords(row)}</span>
          </button>
        </Picker>
      </span>
      <span className={styles['acts']}>
        <Picker opened={menu === 'call'} onClose={() => onMenu(undefined)} placeholder="Call in…" choices={callInChoices(row, me)} onPick={(id) => actions.callIn(row, id)}>
          <Act label={`Call in a colleague for ${conversation.customer.name}`} hint="Call in a colleague" keyName="c" expanded={menu === 'call'} onClick={() => onMenu(menu === 'call' ? undefined : 'call')}>
            <UserRoundPlus size={16} strokeWidth={1.7} />
          </Act>
        </Picker>
        <Act label={more === undefined ? `${conversation.customer.name} is urgent already` : `Raise the priority of ${conversation.customer.name} to ${more}`} hint={more === undefined ? 'Urgent already' : `Raise to ${more}`} keyName="p" disabled={more === undefined} onClick={() => actions.raise(row)}>
          <ChevronsUp size={16} strokeWidth={1.7} />
        </Act>
      </span>
    </li>
  );
}

/** The clock of a row, in whatever size stands around it. */
export function RowClock({ row, me, now }: { row: Row; me: Me; now: number }) {
  const wait = rowWait(row, me);
  return wait === undefined ? <Waited since={row.since} now={now} /> : <Clock wait={wait} now={now} />;
}

interface ActProps {
  label: string;
  hint: string;
  keyName: string;
  disabled?: boolean;
  expanded?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Act({ label, hint, keyName, disabled = false, expanded, onClick, children }: ActProps) {
  return (
    <Tooltip label={hint} position="top" disabled={expanded === true}>
      {/* Not `disabled`: that would take the focus away from whoever has just pressed it. */}
      <ActionIcon variant="subtle" aria-label={label} aria-keyshortcuts={keyName} aria-expanded={expanded} {...(disabled ? { 'aria-disabled': true, 'data-disabled': true } : { onClick })}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** "09:03", "yesterday 17:40", "Mon 16 Nov 09:03" */
export function sinceWords(at: number, now: number): string {
  return calendarDay(at) === calendarDay(now) ? timeOfDay(at) : `${dayWords(at, now)} ${timeOfDay(at)}`;
}
