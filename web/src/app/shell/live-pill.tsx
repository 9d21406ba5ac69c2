import { CloudOff } from 'lucide-react';
import { useNow } from '../../lib/time/use-now.js';
import type { LiveState } from '../live/live-connection.js';
import styles from './live-pill.module.css';

/** Says when live updates are down, and why. Silent as long as all is well. */
export function LivePill({ state }: { state: LiveState }) {
  if (state.at !== 'down') return null;
  return <Down why={state.why} retryAt={state.retryAt} />;
}

function Down({ why, retryAt }: { why: string; retryAt: number }) {
  const now = useNow(1000);
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000));
  return (
    <div className={styles['pill']} role="status">
      <CloudOff size={14} aria-hidden />
      <span>
        <b>No live updates.</b> {why}; {seconds === 0 ? 'trying now' : `next try in ${seconds} s`}. What you write is kept.
      </span>
    </div>
  );
}
