import { Link } from '@tanstack/react-router';
import { ChannelIcon } from '../../../components/channel-icon.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { ListedConversation } from '../../../lib/shapes.js';
import { conversationFacts } from '../model/conversation-words.js';
import { momentWords } from '../model/receipt-words.js';
import styles from './conversation-item.module.css';

interface ConversationItemProps {
  row: ListedConversation;
  pick: string;
  timeZone: string;
  now: number;
}

/** One conversation with what it adds to the number; all of it is the way to its messages. */
export function ConversationItem({ row, pick, timeZone, now }: ConversationItemProps) {
  const me = useMe();
  const { first, rest } = conversationFacts(row, pick);
  const team = me.teams.find(({ id }) => id === row.teamId)?.name;
  const begun = momentWords(row.firstAt, { timeZone, now });
  return (
    <article className={styles['row']} data-goes-on={row.contacts !== undefined && row.contacts.place > 1 ? true : undefined} aria-label={`${row.customer.name}, ${begun}`}>
      <p className={styles['sentence']}>
        <Link to="/c/$conversationId" params={{ conversationId: row.id }} className={styles['whole']}>
          {row.customer.name}
        </Link>
        , {begun}: {first.join(', ')}.
      </p>
      <p className={styles['facts']}>
        <span className={styles['channel']}>
          <ChannelIcon kind={row.channel.kind} size={13} />
          <span>{row.subject ?? row.channel.name}</span>
        </span>
        {team !== undefined && <span>{team}.</span>}
        {rest.map((words) => (
          <span key={words}>{sentence(words)}</span>
        ))}
        {row.imported && <span>Imported.</span>}
      </p>
    </article>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
