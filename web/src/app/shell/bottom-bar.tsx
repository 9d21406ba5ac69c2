import { Link, useParams } from '@tanstack/react-router';
import { Inbox, Search, Settings, UsersRound } from 'lucide-react';
import styles from './bottom-bar.module.css';

/** The main parts on a phone. It leaves when a conversation is open: then the room belongs to that. */
export function BottomBar({ waiting }: { waiting: number }) {
  const { conversationId } = useParams({ strict: false });
  if (conversationId !== undefined) return null;
  const active = { activeProps: { 'aria-current': 'page' as const }, activeOptions: { exact: false, includeSearch: false } };
  return (
    <nav className={styles['bar']} aria-label="Main">
      <Link to="/inbox/$view" params={{ view: 'waiting' }} {...active} aria-label={`Inbox, ${waiting} waiting`}>
        <Inbox size={18} strokeWidth={1.7} />
        Inbox
      </Link>
      <Link to="/search" {...active}>
        <Search size={18} strokeWidth={1.7} />
        Search
      </Link>
      <Link to="/customers" {...active}>
        <UsersRound size={18} strokeWidth={1.7} />
        Customers
      </Link>
      <Link to="/settings" {...active}>
        <Settings size={18} strokeWidth={1.7} />
        Settings
      </Link>
    </nav>
  );
}
