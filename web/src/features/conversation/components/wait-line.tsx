import { HandHeart } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import type { ConversationRow, MessageView } from '../../../lib/shapes.js';
import { waitLineOf } from '../model/wait-line.js';
import styles from './wait-line.module.css';

interface WaitLineProps {
  row: ConversationRow;
  messages: readonly MessageView[];
  agentId: string;
  view: string;
  now: number;
  onShow: (messageId: string) => void;
  onStart: () => void;
}

/** Just above the composer: why nobody waits although the customer spoke last, and the way to start the clock after all. */
export function WaitLine({ row, messages, agentId, view, now, onShow, onStart }: WaitLineProps) {
  const line = waitLineOf(row, messages, { agentId, now });
  if (line === undefined) return null;
  const { show } = line;
  const known = show !== undefined && messages.some((message) => message.id === show.messageId);
  return (
    <p className={styles['line']} role="status">
      <HandHeart size={15} strokeWidth={1.7} aria-hidden />
      <span>
        {line.words}{' '}
        {show !== undefined && known && (
          <button type="button" onClick={() => onShow(show.messageId)}>
            Show
          </button>
        )}
        {show !== undefined && !known && (
          <Link to="/inbox/$view/$conversationId" params={{ view, conversationId: show.conversationId }} search={{ at: show.messageId }}>
            Show
          </Link>
        )}
      </span>
      <button type="button" onClick={onStart}>
        {line.start}
      </button>
    </p>
  );
}
