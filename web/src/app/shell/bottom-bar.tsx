import { Link, useLocation, useParams } from '@tanstack/react-router';
import { ChartColumn, Clock3, Inbox, Search, Settings, UsersRound } from 'lucide-react';
import styles from './bottom-bar.module.css';

/** The main parts on a phone. It leaves when a conversation is open: then the room belongs to that. */
export function BottomBar({ waiting, now }: { waiting: number; now: boolean }) {
  const { conversationId } = useParams({ strict: false });
  const { pathname } = useLocation();
  if (conversationId !== undefined) return null;
  const current = (section: string) => (pathname.startsWith(section) ? ('page' as const) : undefined);
  return (
    <nav className={styles['bar']} aria-label="Main">
      <Link to="/" aria-current={current('/inbox')} aria-label={`Inbox, ${waiting} waiting`}>
        <Inbox size={18} strokeWidth={1.7} />
        Inbox
      </Link>
      {now && (
        <Link to="/wall" aria-current={current('/wall')}>
          <Clock3 size={18} strokeWidth={1.7} />
          Now
        </Link>
      )}
      {now && (
        <Link to="/reports" aria-current={current('/reports')}>
          <ChartColumn size={18} strokeWidth={1.7} />
          Reports
        </Link>
      )}
      <Link to="/search" aria-current={current('/search')}>
        <Search size={18} strokeWidth={1.7} />
        Search
      </Link>
      <Link to="/customers" aria-current={current('/customers')}>
        <UsersRound size={18} strokeWidth={1.7} />
        Customers
      </Link>
      <Link to="/settings" aria-current={current('/settings')}>
        <Settings size={18} strokeWidth={1.7} />
        Settings
      </Link>
    </nav>
  );
}
