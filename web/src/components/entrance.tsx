import type { ReactNode } from 'react';
import styles from './entrance.module.css';

/** The frame around what stands before the inbox: signing in, set-up, an invitation. */
export function Entrance({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <main className={styles['place']}>
      <div className={styles['sheet']}>
        <div className={styles['logo']} aria-hidden>
          R
        </div>
        <h1>{title}</h1>
        {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
        {children}
      </div>
    </main>
  );
}

/** Why it did not work, above the button. */
export function FormProblem({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p className={styles['problem']} role="alert">
      {text}
    </p>
  );
}
