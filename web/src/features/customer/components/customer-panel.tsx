import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { ActionIcon } from '@mantine/core';
import { Avatar } from '../../../components/avatar.js';
import { Clock, Waited } from '../../../components/clock.js';
import type { CustomerView } from '../../../lib/shapes.js';
import type { RunningWait } from '../../../lib/time/clock.js';
import { useNow } from '../../../lib/time/use-now.js';
import { localTime, sinceWords } from '../model/local-time.js';
import { CustomerName } from './customer-name.js';
import { CustomerTags } from './customer-tags.js';
import { History } from './history.js';
import { Identities } from './identities.js';
import { JoinByHand } from './join-by-hand.js';
import { Joins } from './joins.js';
import { Mood } from './mood.js';
import styles from './customer-panel.module.css';

interface PanelProps {
  customer: CustomerView;
  /** The conversation that is open beside it. */
  conversationId: string;
  view: string;
  /** The wait of that conversation, while there is one. */
  wait?: RunningWait | undefined;
  onMessage: (messageId: string) => void;
  /** Where it covers the conversation: the way back. */
  onBack: () => void;
  /** On the page of the person, where the history stands beside it. */
  whole?: boolean;
}

const historyShown = 5;

/** Who is it: on which channels and how sure, how they felt, what was before, what they said about themselves. */
export function CustomerPanel({ customer, conversationId, view, wait, onMessage, onBack, whole = false }: PanelProps) {
  const now = useNow(30_000);
  const since = sinceWords(customer.firstSeenAt, now);
  const place = localTime(customer.timeZone, now);
  return (
    <div className={styles['panel']}>
      <header className={styles['who']}>
        <ActionIcon variant="subtle" className={styles['back'] ?? ''} aria-label="Back to the conversation" onClick={onBack}>
          <ArrowLeft size={19} strokeWidth={1.8} />
        </ActionIcon>
        <Avatar name={customer.name} size={44} />
        <div>
          <CustomerName customer={customer} />
          <p>
            customer since {since}
            {place === undefined ? '' : ` · ${place}`}
          </p>
          {wait !== undefined ? <Clock wait={wait} now={now} /> : customer.waitingSince !== undefined && <Waited since={customer.waitingSince} now={now} />}
        </div>
      </header>
      <section aria-label="Identities" className={styles['identities']}>
        <CustomerTags customer={customer} />
        <Identities identities={customer.identities} />
        <Joins customer={customer} />
        {whole && <JoinByHand customer={customer} />}
      </section>
      {customer.mood.length > 0 && (
        <section>
          <h3>Mood</h3>
          <Mood moods={customer.mood} onMessage={onMessage} />
        </section>
      )}
      {!whole && (
        <section>
          <h3>
            History
            {customer.conversationCount > 1 && (
              <Link to="/customers/$customerId" params={{ customerId: customer.id }}>
                All {customer.conversationCount}
              </Link>
            )}
          </h3>
          <History items={customer.history.filter((item) => item.conversationId !== conversationId).slice(0, historyShown)} view={view} />
        </section>
      )}
      {customer.facts.length > 0 && (
        <section>
          <h3>Said about themselves</h3>
          <ul className={styles['facts']}>
            {customer.facts.map((fact) => (
              <li key={`${fact.messageId} ${fact.text}`}>
                <button type="button" title="Show the message this comes from" onClick={() => onMessage(fact.messageId)}>
                  {fact.text}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
