import { Hourglass, Megaphone } from 'lucide-react';
import type { ConversationDetail } from '../../../lib/shapes.js';
import { audienceWords, costWords, windowWords } from '../model/reply-window.js';
import styles from './reply-window.module.css';

/** What one has to know before writing here: who reads along, how long one may still answer, what it costs. */
export function ReplyWindow({ detail, text, now }: { detail: ConversationDetail; text: string; now: number }) {
  const { reply, conversation } = detail;
  const window = windowWords(reply.window, now);
  const cost = costWords(reply.costs, text);
  const audience = audienceWords(conversation.audience);
  if (window === undefined && cost === undefined && audience === undefined) return null;
  return (
    <p className={styles['line']}>
      {audience !== undefined && (
        <span data-tone="warn">
          <Megaphone size={13} aria-hidden /> {audience}
        </span>
      )}
      {window !== undefined && (
        <span data-tone={window.tone}>
          <Hourglass size={13} aria-hidden /> {window.text}
        </span>
      )}
      {cost !== undefined && <span>{cost}</span>}
    </p>
  );
}
