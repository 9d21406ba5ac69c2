import type { ReactNode } from 'react';
import { Button, Loader } from '@mantine/core';
import { CloudOff, TriangleAlert } from 'lucide-react';
import { isUnreachable, wordsOf } from '../lib/api/api-error.js';
import styles from './notice.module.css';

interface EmptyProps {
  icon: ReactNode;
  title: string;
  /** What will appear here, and what to do. */
  children?: ReactNode;
  action?: ReactNode;
}

/** What is shown where nothing is yet. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={styles['empty']}>
      <div className={styles['icon']} aria-hidden>
        {icon}
      </div>
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}

interface FailedProps {
  error: unknown;
  /** What could not be shown: "This conversation". */
  what: string;
  onRetry?: () => void;
}

/** What is shown where something could not be fetched: what happened, and what to do. */
export function Failed({ error, what, onRetry }: FailedProps) {
  const unreachable = isUnreachable(error);
  return (
    <div className={styles['empty']} role="alert">
      <div className={styles['icon']} data-tone={unreachable ? undefined : 'bad'} aria-hidden>
        {unreachable ? <CloudOff size={22} strokeWidth={1.6} /> : <TriangleAlert size={22} strokeWidth={1.6} />}
      </div>
      <h2>{unreachable ? 'No connection to the server' : `${what} could not be shown`}</h2>
      <p>{unreachable ? `${what} will be shown when the connection is back. Nothing was lost.` : wordsOf(error)}</p>
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Waiting for more than a moment; says what for. */
export function Waiting({ what }: { what: string }) {
  return (
    <div className={styles['waiting']} role="status">
      <Loader size={16} color="var(--faint)" />
      {what}
    </div>
  );
}
