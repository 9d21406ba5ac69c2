import { useEffect, useState } from 'react';
import { useMantineColorScheme } from '@mantine/core';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useKeys } from '../../lib/keys/use-keys.js';
import { useMe } from '../../lib/cache/use-me.js';
import { seesReports } from '../../lib/sees-reports.js';
import { useLive } from '../live/use-live.js';
import { BottomBar } from './bottom-bar.js';
import { KeysHelp } from './keys-help.js';
import { LivePill } from './live-pill.js';
import { Rail } from './rail.js';
import styles from './shell.module.css';

/** What stands around every signed-in screen: the rail, the live connection, the keys. */
export function Shell() {
  const me = useMe();
  const navigate = useNavigate();
  const live = useLive(me.changeSeq);
  const [help, setHelp] = useState(false);
  // A screen on the wall shows the numbers and nothing else.
  const bare = useLocation({ select: ({ pathname, search }) => pathname === '/wall' && search.screen !== undefined });
  const { setColorScheme } = useMantineColorScheme();
  const theme = me.preferences.theme;
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme);
  }, [theme, setColorScheme]);
  useKeys([
    { key: '/', label: 'Search', group: 'Go to', run: () => void navigate({ to: '/search' }) },
    { key: 'g c', label: 'Customers', group: 'Go to', run: () => void navigate({ to: '/customers' }) },
    ...(seesReports(me) ? [{ key: 'g n', label: 'Now', group: 'Go to', run: () => void navigate({ to: '/wall' }) }, { key: 'g r', label: 'Reports', group: 'Go to', run: () => void navigate({ to: '/reports' }) }] : []),
    { key: 'g s', label: 'Settings', group: 'Go to', run: () => void navigate({ to: '/settings' }) },
    { key: '?', label: 'Show the keys', group: 'Go to', run: () => setHelp(true) },
  ]);
  return (
    <div className={styles['shell']} data-bare={bare || undefined}>
      {!bare && <Rail me={me} onHelp={() => setHelp(true)} />}
      <div className={styles['content']}>
        <Outlet />
      </div>
      {!bare && <BottomBar waiting={me.counts.waiting} now={seesReports(me)} />}
      <LivePill state={live} />
      <KeysHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
