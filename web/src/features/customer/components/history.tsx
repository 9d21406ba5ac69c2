import { Link } from '@tanstack/react-router';
import { ChannelIcon } from '../../../components/channel-icon.js';
import { channelWords } from '../../../lib/channel-words.js';
import type { HistoryItem } from '../../../lib/shapes.js';
import { shortDate } from '../../../lib/time/format.js';
import { outcome } from '../model/history-words.js';
import styles from './history.module.css';

/** Other conversations of this person over all channels, newest first, with how they ended. */
export function History({ items, view }: { items: readonly HistoryItem[]; view: string }) {
  const now = Date.now();
  if (items.length === 0) return <p className={styles['none']}>This is their first conversation. Later ones will be listed here.</p>;
  return (
    <ul className={styles['list']}>
      {items.map((item) => {
        const end = outcome(item);
        return (
          <li key={item.conversationId}>
            <Link to="/inbox/$view/$conversationId" params={{ view, conversationId: item.conversationId }} className={styles['item']}>
              <ChannelIcon kind={item.channelKind} />
              <span className={styles['words']}>
                <b>{item.subject ?? item.preview}</b>
                <span>{item.subject === undefined ? channelWords[item.channelKind] : item.preview}</span>
              </span>
              <span className={styles['end']}>
                <span data-tone={end.tone}>{end.text}</span>
                <time dateTime={new Date(item.lastAt).toISOString()}>{shortDate(item.lastAt, now)}</time>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
