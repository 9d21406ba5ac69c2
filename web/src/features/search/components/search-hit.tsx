import { Link } from '@tanstack/react-router';
import { Paperclip } from 'lucide-react';
import { Avatar } from '../../../components/avatar.js';
import type { SearchResult } from '../../../lib/shapes.js';
import { dayWords, fullDate } from '../../../lib/time/format.js';
import styles from './search-hit.module.css';

const notes: Readonly<Record<string, string>> = { note: 'note', event: 'step' };

/** One message that was found: who said it, in which conversation, and the words around the hit. */
export function SearchHit({ hit }: { hit: SearchResult['hits'][number] }) {
  const { message, conversation, excerpt } = hit;
  const view = conversation.status === 'resolved' || conversation.status === 'snoozed' || conversation.status === 'spam' ? conversation.status : 'open';
  return (
    <li>
      <Link to="/inbox/$view/$conversationId" params={{ view, conversationId: conversation.id }} search={{ at: message.id }} className={styles['hit']} data-hit>
        <Avatar name={message.author.name} size={32} tone={message.author.type === 'customer' ? 'person' : message.author.type === 'bot' ? 'bot' : 'house'} channel={message.channel.kind} />
        <span className={styles['head']}>
          <b>{message.author.name}</b>
          <small>
            {notes[message.kind] === undefined ? '' : `${notes[message.kind]} · `}
            {message.author.type === 'customer' ? '' : `to ${conversation.customer.name} · `}
            {conversation.subject ?? conversation.channel.name}
          </small>
        </span>
        <span className={styles['when']} title={fullDate(message.at)}>
          {conversation.status !== 'open' && <i>{conversation.status}</i>}
          {dayWords(message.at, Date.now())}
        </span>
        <span className={styles['excerpt']}>
          {excerpt.map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : piece.text))}
          {message.attachments.length > 0 && (
            <span className={styles['files']}>
              <Paperclip size={12} aria-hidden /> {message.attachments.map((file) => file.name).join(', ')}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}
