import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor, Smartphone } from 'lucide-react';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { SessionView } from '../../../lib/shapes.js';
import { ago } from '../../../lib/time/format.js';
import { endOtherSessions, endSession, listSessions } from '../api/account.js';
import { browserName } from '../model/browser-name.js';
import { Section } from './form.js';
import styles from './form.module.css';

/** Where one is signed in, and signing out there. */
export function SessionsSection() {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const sessions = useQuery(listSessions(api));
  const end = useMutation({
    mutationFn: (id: string | undefined) => (id === undefined ? endOtherSessions(api) : endSession(api, id)),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.sessions }),
    onError: (error) => toast({ text: wordsOf(error), tone: 'bad' }),
  });
  const items = sessions.data ?? [];
  return (
    <Section title="Sessions" help="Where you are signed in.">
      <ul className={styles['list']}>
        {items.map((session) => (
          <Line key={session.id} session={session} onEnd={() => end.mutate(session.id)} />
        ))}
      </ul>
      {items.length > 1 && (
        <div className={styles['bar']}>
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate(undefined)}>
            Sign out everywhere else
          </Button>
        </div>
      )}
    </Section>
  );
}

function Line({ session, onEnd }: { session: SessionView; onEnd: () => void }) {
  const phone = /iPhone|Android/.test(session.userAgent);
  const Icon = phone ? Smartphone : Monitor;
  return (
    <li>
      <div className={styles['item']}>
        <Icon size={18} strokeWidth={1.7} aria-hidden />
        <div>
          <b title={session.userAgent}>{browserName(session.userAgent)}</b>
          <small>last used {ago(session.lastUsedAt, Date.now())}</small>
        </div>
        {session.current ? (
          <span className={styles['badge']} data-tone="ok">
            Here
          </span>
        ) : (
          <Button variant="default" onClick={onEnd}>
            Sign out
          </Button>
        )}
      </div>
    </li>
  );
}
