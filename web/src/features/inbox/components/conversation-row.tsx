import { memo, type CSSProperties } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AlarmClock, Check, CornerUpLeft, Flag, Megaphone, Paperclip } from 'lucide-react';
import { Avatar, Owner } from '../../../components/avatar.js';
import { Clock } from '../../../components/clock.js';
import { keys } from '../../../lib/cache/keys.js';
import type { Presence } from '../../../lib/cache/patch.js';
import type { ViewName } from '../../../lib/cache/rows.js';
import type { ConversationRow as Row, Hours } from '../../../lib/shapes.js';
import { waitOf } from '../../../lib/time/clock.js';
import { ago, dayWords, timeOfDay } from '../../../lib/time/format.js';
import { isUnread, previewOf } from '../model/preview.js';
import styles from './conversation-row.module.css';

interface RowProps {
  row: Row;
  view: ViewName;
  selected: boolean;
  /** Came in while the list was shown. */
  fresh: boolean;
  compact: boolean;
  agentId: string;
  ownerName: string | undefined;
  /** When somebody is there for it. */
  hours: Hours;
  now: number;
  style: CSSProperties;
  position: { index: number; of: number };
  onIntent: (id: string) => void;
}

/** One line of the list: who, about what, what was said last, whose it is, how long they wait. */
export const ConversationRow = memo(function ConversationRow(props: RowProps) {
  const { row, view, selected, compact, agentId, now } = props;
  const { data: presence } = useQuery<Presence>({ queryKey: keys.presence(row.id), enabled: false });
  const unread = isUnread(row);
  return (
    <li className={styles['place']} style={props.style} aria-posinset={props.position.index + 1} aria-setsize={props.position.of}>
      <Link
        to="/inbox/$view/$conversationId"
        params={{ view, conversationId: row.id }}
        className={styles['row']}
        data-conversation={row.id}
        data-unread={unread || undefined}
        data-fresh={props.fresh || undefined}
        data-compact={compact || undefined}
        aria-current={selected ? 'true' : undefined}
        onPointerEnter={() => props.onIntent(row.id)}
        onFocus={() => props.onIntent(row.id)}
      >
        <Avatar name={row.customer.name} size={compact ? 28 : 32} channel={row.channel.kind} />
        <span className={styles['line']}>
          <b className={styles['name']}>{row.customer.name}</b>
          {unread && <span className={styles['hidden']}>, unread</span>}
          {row.subject !== undefined && <small className={styles['subject']}>{row.subject}</small>}
          <span className={styles['when']}>
            {row.audience !== undefined && <Megaphone className={styles['public']} size={12} role="img" aria-label="public" />}
            {(row.priority === 'urgent' || row.priority === 'high') && <Flag className={styles['flag']} data-priority={row.priority} size={12} role="img" aria-label={`${row.priority} priority`} />}
            <When row={row} hours={props.hours} now={now} />
          </span>
        </span>
        <span className={styles['line']}>
          <Preview line={previewOf(row, presence, { agentId, now })} files={row.draft === undefined ? (row.preview.attachments ?? 0) : 0} />
          <Owner name={props.ownerName} />
        </span>
      </Link>
    </li>
  );
});

function When({ row, hours, now }: { row: Row; hours: Hours; now: number }) {
  const wait = waitOf(row, hours);
  if (wait !== undefined) return <Clock wait={wait} now={now} />;
  if (row.status === 'snoozed' && row.snoozedUntil !== undefined) {
    return (
      <span className={styles['idle']} title="Comes back then">
        <AlarmClock size={12} aria-hidden /> {dayWords(row.snoozedUntil, now)} {timeOfDay(row.snoozedUntil)}
      </span>
    );
  }
  return (
    <span className={styles['idle']}>
      {row.status === 'resolved' && <Check size={12} role="img" aria-label="resolved" />}
      {ago(row.lastMessageAt, now)}
    </span>
  );
}

function Preview({ line, files }: { line: ReturnType<typeof previewOf>; files: number }) {
  return (
    <span className={styles['preview']} data-kind={line.kind}>
      {line.kind === 'draft' && <em>Draft</em>}
      {line.kind === 'answered' && <CornerUpLeft size={12} strokeWidth={2.4} role="img" aria-label="We answered last:" className={styles['back']} />}
      {files > 0 && line.kind !== 'typing' && <Paperclip size={12} strokeWidth={2} className={styles['clip']} role="img" aria-label={files === 1 ? 'with a file:' : `with ${files} files:`} />}
      {line.text}
    </span>
  );
}
