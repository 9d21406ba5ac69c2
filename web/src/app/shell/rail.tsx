import type { ReactNode } from 'react';
import { ActionIcon, Menu, Tooltip, useComputedColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { ChartColumn, CircleDot, Clock3, Inbox, Keyboard, LogOut, Moon, Settings, Sun, UserRound, UsersRound } from 'lucide-react';
import { Avatar } from '../../components/avatar.js';
import { useToast } from '../../components/toaster.js';
import { useApi } from '../../lib/api/api-context.js';
import { wordsOf } from '../../lib/api/api-error.js';
import { keys } from '../../lib/cache/keys.js';
import { seesReports } from '../../lib/sees-reports.js';
import type { Me } from '../../lib/shapes.js';
import { usePreferences } from '../../lib/use-preferences.js';
import { useSignOut } from '../../lib/use-sign-out.js';
import styles from './rail.module.css';

/** The parts of Rapport as signs, and the account below. */
export function Rail({ me, onHelp }: { me: Me; onHelp: () => void }) {
  const scheme = useComputedColorScheme('light');
  const { setTheme } = usePreferences();
  const dark = scheme === 'dark';
  return (
    <nav className={styles['rail']} aria-label="Main">
      <Link to="/" className={styles['logo']} aria-label="Rapport">
        <span aria-hidden>R</span>
      </Link>
      <Sign to="/" section="/inbox" label="Inbox">
        <Inbox size={18} strokeWidth={1.7} />
      </Sign>
      <Sign to="/customers" section="/customers" label="Customers">
        <UsersRound size={18} strokeWidth={1.7} />
      </Sign>
      {seesReports(me) && (
        <Sign to="/wall" section="/wall" label="Now">
          <Clock3 size={18} strokeWidth={1.7} />
        </Sign>
      )}
      {seesReports(me) && (
        <Sign to="/reports" section="/reports" label="Reports">
          <ChartColumn size={18} strokeWidth={1.7} />
        </Sign>
      )}
      <span className={styles['gap']} />
      <Tooltip label={dark ? 'Light' : 'Dark'}>
        <ActionIcon variant="subtle" size={36} aria-label={dark ? 'Light theme' : 'Dark theme'} onClick={() => setTheme(dark ? 'light' : 'dark')}>
          {dark ? <Sun size={18} strokeWidth={1.7} /> : <Moon size={18} strokeWidth={1.7} />}
        </ActionIcon>
      </Tooltip>
      <Sign to="/settings" section="/settings" label="Settings">
        <Settings size={18} strokeWidth={1.7} />
      </Sign>
      <Account me={me} onHelp={onHelp} />
    </nav>
  );
}

/** `section`: the beginning of the addresses that belong to it. */
function Sign({ to, section, label, children }: { to: '/' | '/customers' | '/wall' | '/reports' | '/settings'; section: string; label: string; children: ReactNode }) {
  const here = useLocation({ select: (location) => location.pathname.startsWith(section) });
  return (
    <Tooltip label={label}>
      <Link to={to} className={styles['sign']} aria-label={label} aria-current={here ? 'page' : undefined}>
        {children}
      </Link>
    </Tooltip>
  );
}

function Account({ me, onHelp }: { me: Me; onHelp: () => void }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const online = me.agent.presence === 'online';
  const presence = useMutation({
    mutationFn: () => api.send('PATCH', '/me', { presence: online ? 'away' : 'online' }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.me }),
    onError: (error) => toast({ text: wordsOf(error), tone: 'bad' }),
  });
  const signOut = useSignOut();
  return (
    <Menu position="right-end" width={220}>
      <Menu.Target>
        <button type="button" className={styles['account']} aria-label={`${me.agent.name}, ${me.agent.presence}`}>
          <Avatar name={me.agent.name} size={34} online={online} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.agent.name}, {me.workspace.companyName}
          {me.workspace.demo ? ' (demo)' : ''}
        </Menu.Label>
        <Menu.Item leftSection={<CircleDot size={15} />} onClick={() => presence.mutate()}>
          {online ? 'Go away: nothing new for me' : 'I am here again'}
        </Menu.Item>
        <Menu.Item leftSection={<UserRound size={15} />} component={Link} to="/settings/account">
          My account
        </Menu.Item>
        <Menu.Item leftSection={<Keyboard size={15} />} onClick={onHelp}>
          Keys
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={15} />} onClick={() => signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
