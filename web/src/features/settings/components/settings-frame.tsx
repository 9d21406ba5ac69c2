import { useEffect } from 'react';
import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { ArrowLeft, Building2, ChartNoAxesColumn, ChevronRight, Clock, FileUp, ListChecks, Lock, Plug, Target, UserRound, UsersRound, type LucideIcon } from 'lucide-react';
import { useMediaQuery } from '@mantine/hooks';
import { Empty } from '../../../components/notice.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { Role } from '../../../lib/shapes.js';
import styles from './settings-frame.module.css';

interface Part {
  to: '/settings/channels' | '/settings/team' | '/settings/workspace' | '/settings/hours' | '/settings/targets' | '/settings/reports' | '/settings/account' | '/settings/ledger' | '/settings/import';
  label: string;
  icon: LucideIcon;
  roles: readonly Role[];
}

const everybody: readonly Role[] = ['administrator', 'lead', 'agent'];
const parts: readonly Part[] = [
  { to: '/settings/channels', label: 'Channels', icon: Plug, roles: ['administrator', 'lead'] },
  { to: '/settings/team', label: 'Team', icon: UsersRound, roles: everybody },
  { to: '/settings/workspace', label: 'Workspace', icon: Building2, roles: ['administrator'] },
  { to: '/settings/hours', label: 'Opening hours', icon: Clock, roles: ['administrator'] },
  { to: '/settings/targets', label: 'Targets', icon: Target, roles: everybody },
  { to: '/settings/reports', label: 'Reports', icon: ChartNoAxesColumn, roles: ['administrator'] },
  { to: '/settings/account', label: 'My account', icon: UserRound, roles: everybody },
  { to: '/settings/ledger', label: 'Ledger', icon: ListChecks, roles: ['administrator'] },
  { to: '/settings/import', label: 'Import', icon: FileUp, roles: ['administrator'] },
];

/** The settings: their parts on the left, the chosen one beside it; on a phone one after the other. */
export function SettingsFrame() {
  const me = useMe();
  const { pathname } = useLocation();
  const home = /^\/settings\/?$/.test(pathname);
  const part = parts.find(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  const mayOpen = part === undefined || part.roles.includes(me.agent.role);
  useEffect(() => {
    document.title = 'Settings · Rapport';
  }, []);
  return (
    <div className={styles['frame']} data-home={home || undefined}>
      <nav className={styles['parts']} aria-label="Settings">
        <h2>Settings</h2>
        <ul>
          {parts
            .filter((part) => part.roles.includes(me.agent.role))
            .map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <Link to={to} activeProps={{ 'aria-current': 'page' }}>
                  <Icon size={16} strokeWidth={1.7} aria-hidden />
                  <span>{label}</span>
                  <ChevronRight size={15} aria-hidden />
                </Link>
              </li>
            ))}
        </ul>
      </nav>
      <main className={styles['content']}>
        {!home && (
          <Link to="/settings" className={styles['back']}>
            <ArrowLeft size={16} aria-hidden /> Settings
          </Link>
        )}
        {mayOpen ? (
          <Outlet />
        ) : (
          <Empty icon={<Lock size={22} strokeWidth={1.6} />} title={`${part.label} is for administrators`}>
            {part.roles.includes('lead') ? 'Team leads can open it, too.' : 'Ask one of them when something here should change.'}
          </Empty>
        )}
      </main>
    </div>
  );
}

/** With room for both, the first part is shown at once. */
export function SettingsHome() {
  const me = useMe();
  const small = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false });
  if (small === true) return null;
  return <Navigate to={me.agent.role === 'agent' ? '/settings/account' : '/settings/channels'} replace />;
}
