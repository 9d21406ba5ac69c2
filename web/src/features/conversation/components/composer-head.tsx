import { useId, useState } from 'react';
import { Popover } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import type { ConversationDetail, MessageView } from '../../../lib/shapes.js';
import { recipientChange, whereTo } from '../model/recipients.js';
import styles from './composer-head.module.css';

interface HeadProps {
  detail: ConversationDetail;
  messages: readonly MessageView[];
  kind: 'reply' | 'note';
  onKind: (kind: 'reply' | 'note') => void;
}

/** Reply or note, and where it goes: the channel, to whom, and who is new or gone since the last time. */
export function ComposerHead({ detail, messages, kind, onKind }: HeadProps) {
  return (
    <div className={styles['head']}>
      <div role="tablist" aria-label="What to write" className={styles['tabs']}>
        {(['reply', 'note'] as const).map((name) => (
          <button key={name} type="button" role="tab" aria-selected={kind === name} aria-keyshortcuts={name === 'reply' ? 'r' : 'n'} className={styles['tab']} onClick={() => onKind(name)}>
            {name === 'reply' ? 'Reply' : 'Note'}
          </button>
        ))}
      </div>
      {kind === 'note' ? <span className={styles['to']}>Only colleagues see it</span> : <Recipients detail={detail} messages={messages} />}
    </div>
  );
}

function Recipients({ detail, messages }: { detail: ConversationDetail; messages: readonly MessageView[] }) {
  const [opened, setOpened] = useState(false);
  const id = useId();
  const { reply, conversation } = detail;
  const where = whereTo(conversation.channel.kind, reply);
  const change = recipientChange(messages, conversation.id, reply);
  const differs = change.added.length + change.removed.length > 0;
  if (conversation.channel.kind !== 'email') return <span className={styles['to']}>{where}</span>;
  return (
    <Popover opened={opened} onChange={setOpened} position="top-end" width={300} shadow="md">
      <Popover.Target>
        <button type="button" className={styles['to']} data-differs={differs || undefined} aria-expanded={opened} aria-describedby={id} onClick={() => setOpened(!opened)}>
          {differs && <CircleAlert size={13} aria-hidden />}
          <span className={styles['address']}>{where}</span>
          {differs && <span id={id}>{differenceWords(change)}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles['list'] ?? ''}>
        <dl>
          <dt>To</dt>
          <dd>{reply.address ?? reply.to}</dd>
          {reply.cc.length > 0 && <dt>Cc</dt>}
          {reply.cc.map((address) => (
            <dd key={address}>{address}</dd>
          ))}
        </dl>
        {change.added.length > 0 && <p className={styles['added']}>New since our last answer: {change.added.join(', ')}</p>}
        {change.removed.length > 0 && <p className={styles['removed']}>No longer gets it: {change.removed.join(', ')}</p>}
        <p>From {conversation.channel.name}. The recipients are those of the message that is answered.</p>
      </Popover.Dropdown>
    </Popover>
  );
}

function differenceWords(change: { added: string[]; removed: string[] }): string {
  const parts = [change.added.length > 0 ? `${change.added.length} new` : '', change.removed.length > 0 ? `${change.removed.length} gone` : ''];
  return `(${parts.filter((part) => part !== '').join(', ')})`;
}
