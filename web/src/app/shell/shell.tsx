import { useEffect, useState } from 'react';
import { useMantineColorScheme } from '@mantine/core';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useKeys } from '../../lib/keys/use-keys.js';
import { useMe } from '../../lib/cache/use-me.js';
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
  const { setColorScheme } = useMantineColorScheme();
  const theme = me.preferences.theme;
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme);
  }, [theme, setColorScheme]);
  useKeys([
    { key: '/', label: 'Search', group: 'Go to', run: () => void navigate({ to: '/search' }) },
    { key: 'g c', label: 'Customers', group: 'Go to', run: () => void navigate({ to: '/customers' }) },
    { key: 'g s', label: 'Settings', group: 'Go to', run: () => void navigate({ to: '/settings' }) },
    { key: '?', label: 'Show the keys', group: 'Go to', run: () => setHelp(true) },
  ]);
  return (
    <div className={styles['shell']}>
      <Rail me={me} onHelp={() => setHelp(true)} />
      <div className={styles['content']}>
        <Outlet />
      </div>
      <BottomBar waiting={me.counts.waiting} />
      <LivePill state={live} />
      <KeysHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
