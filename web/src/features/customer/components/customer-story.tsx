import { Link } from '@tanstack/react-router';
import { ChannelIcon } from '../../../components/channel-icon.js';
import { channelWords } from '../../../lib/channel-words.js';
import type { AgentView, CustomerView } from '../../../lib/shapes.js';
import { dayWords, fullDate } from '../../../lib/time/format.js';
import { outcome } from '../model/history-words.js';
import styles from './customer-story.module.css';

/** All conversations of a person over channels, newest first; each opens where it was. */
export function CustomerStory({ customer, agents }: { customer: CustomerView; agents: readonly AgentView[] }) {
  const now = Date.now();
  const nameOf = (id: string | undefined) => agents.find((agent) => agent.id === id)?.name;
  return (
    <ul className={styles['list']}>
      {customer.history.map((item) => {
        const end = outcome(item);
        const owner = nameOf(item.assigneeId);
        return (
          <li key={item.conversationId}>
            <Link to="/inbox/$view/$conversationId" params={{ view: item.status === 'resolved' || item.status === 'snoozed' || item.status === 'spam' ? item.status : 'open', conversationId: item.conversationId }} className={styles['item']}>
              <span className={styles['sign']}>
                <ChannelIcon kind={item.channelKind} size={16} />
              </span>
              <span className={styles['words']}>
                <b>{item.subject ?? channelWords[item.channelKind]}</b>
                <span>{item.preview}</span>
              </span>
              <span className={styles['end']}>
                <span data-tone={end.tone}>{end.text}</span>
                <time dateTime={new Date(item.lastAt).toISOString()} title={fullDate(item.lastAt)}>
                  {dayWords(item.lastAt, now)}
                  {owner === undefined ? '' : ` · ${owner}`}
                </time>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
