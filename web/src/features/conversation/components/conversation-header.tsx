import { useState } from 'react';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { AlarmClock, ArrowLeft, BellOff, Ellipsis, Link2, PanelRight, PencilLine, ShieldBan } from 'lucide-react';
import { Kbd } from '../../../components/kbd.js';
import { useToast } from '../../../components/toaster.js';
import type { ConversationRow, Me } from '../../../lib/shapes.js';
import { waitOf } from '../../../lib/time/clock.js';
import { dayWords, timeOfDay } from '../../../lib/time/format.js';
import { hoursFor } from '../../../lib/time/open-hours.js';
import type { Actions } from './use-actions.js';
import type { OpenMenu } from './meta-strip.js';
import { MirrorMenu } from './mirror-menu.js';
import { ReasonDialog } from './reason-dialog.js';
import { SnoozeTimes } from './snooze-menu.js';
import { SubjectDialog } from './subject-dialog.js';
import { WaitDetails } from './wait-details.js';
import styles from './conversation-header.module.css';

interface HeaderProps {
  row: ConversationRow;
  view: string;
  me: Me;
  actions: Actions;
  now: number;
  menu: OpenMenu;
  onMenu: (menu: OpenMenu) => void;
}

/** Who this is and about what, how long they wait, and the two things one does most. */
export function ConversationHeader({ row, view, me, actions, now, menu, onMenu }: HeaderProps) {
  const navigate = useNavigate();
  const wait = waitOf(row, hoursFor(me, row.teamId));
  return (
    <header className={styles['header']}>
      <ActionIcon variant="subtle" className={styles['back'] ?? ''} aria-label="Back to the list" onClick={() => void navigate({ to: '/inbox/$view', params: { view } })}>
        <ArrowLeft size={19} strokeWidth={1.8} />
      </ActionIcon>
      <div className={styles['who']}>
        <h1 className={styles['name']}>{row.customer.name}</h1>
        <span className={styles['sub']} title={`${row.subject ?? ''} · ${row.channel.name}`}>
          {[row.subject, row.channel.name].filter((part) => part !== undefined).join(' · ')}
        </span>
        <span className={styles['state']}>
          <Status row={row} now={now} />
          {wait !== undefined && (
            <WaitDetails wait={wait} breachedAt={row.breachedAt} now={now} opened={menu === 'wait'} onOpened={(opened) => onMenu(opened ? 'wait' : undefined)} onNotNeeded={() => onMenu('not_needed')} />
          )}
        </span>
      </div>
      {menu === 'not_needed' && <ReasonDialog onReason={actions.noAnswerNeeded} onClose={() => onMenu(undefined)} />}
      {row.imported !== true && <PutAway row={row} me={me} actions={actions} menu={menu} onMenu={onMenu} />}
      <More row={row} me={me} actions={actions} onMenu={onMenu} />
      <Link to="." search={(search) => ({ ...search, side: 'customer' })} className={styles['panel']} aria-label="Show the customer">
        <PanelRight size={18} strokeWidth={1.7} />
      </Link>
    </header>
  );
}

/** Later, or done: the two things one does most. */
function PutAway({ row, me, actions, menu, onMenu }: Pick<HeaderProps, 'row' | 'me' | 'actions' | 'menu' | 'onMenu'>) {
  const done = row.status === 'resolved' || row.status === 'spam';
  return (
    <>
      <Menu opened={menu === 'snooze'} onChange={(opened) => onMenu(opened ? 'snooze' : undefined)} position="bottom-end" width={270}>
        <Menu.Target>
          <Button variant="default" className={styles['snooze'] ?? ''} rightSection={<Kbd of="s" />} aria-keyshortcuts="s">
            Snooze
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <SnoozeTimes hours={me.workspace.hours} onPick={(until) => { onMenu(undefined); actions.snooze(until); }} />
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" rightSection={<Kbd of="e" />} aria-keyshortcuts="e" onClick={done ? actions.reopen : actions.resolve}>
        {done ? 'Reopen' : 'Resolve'}
      </Button>
    </>
  );
}

function Status({ row, now }: { row: ConversationRow; now: number }) {
  if (row.status === 'snoozed' && row.snoozedUntil !== undefined) return <span className={styles['status']}>snoozed until {dayWords(row.snoozedUntil, now)} {timeOfDay(row.snoozedUntil)}</span>;
  if (row.imported === true) return <span className={styles['status']}>imported</span>;
  if (row.status === 'open') return null;
  return <span className={styles['status']}>{row.status}</span>;
}

function More({ row, me, actions, onMenu }: { row: ConversationRow; me: Me; actions: Actions; onMenu: (menu: OpenMenu) => void }) {
  const toast = useToast();
  const copyLink = async () => {
    await navigator.clipboard.writeText(`${location.origin}/c/${encodeURIComponent(row.id)}`);
    toast({ text: 'Link to this conversation copied.' });
  };
  const [naming, setNaming] = useState(false);
  return (
    <Menu position="bottom-end" width={230}>
      {naming && <SubjectDialog subject={row.subject ?? ''} onSave={actions.setSubject} onClose={() => setNaming(false)} />}
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label="More">
          <Ellipsis size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {row.imported !== true && (
          <Menu.Item className={styles['narrow'] ?? ''} leftSection={<AlarmClock size={15} />} onClick={() => onMenu('snooze')}>
            Snooze…
          </Menu.Item>
        )}
        {row.due !== undefined && row.imported !== true && (
          <Menu.Item leftSection={<BellOff size={15} />} onClick={() => onMenu('not_needed')}>
            No answer needed…
          </Menu.Item>
        )}
        <Menu.Item leftSection={<PencilLine size={15} />} onClick={() => setNaming(true)}>
          {row.subject === undefined ? 'Add a subject' : 'Change the subject'}
        </Menu.Item>
        <Menu.Item leftSection={<Link2 size={15} />} onClick={() => void copyLink()}>
          Copy link
        </Menu.Item>
        {row.imported !== true && <MirrorMenu row={row} me={me} actions={actions} />}
        {row.status !== 'spam' && row.imported !== true && (
          <Menu.Item leftSection={<ShieldBan size={15} />} onClick={actions.spam}>
            Mark as spam
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
