import { memo, useState } from 'react';
import { Avatar } from '../../../components/avatar.js';
import { firstName } from '../../../lib/initials.js';
import type { Me, MessageView } from '../../../lib/shapes.js';
import { hasMarks } from '../../../lib/text/marked.js';
import { fullDate, timeOfDay } from '../../../lib/time/format.js';
import { Attachments } from './attachments.js';
import { EditDialog } from './edit-dialog.js';
import { Reactions } from './reactions.js';
import { useChangeMessage } from './use-change-message.js';
import { DeliveryState } from './delivery-state.js';
import { MailHeaders } from './mail-headers.js';
import { MailFrame } from './mail-frame.js';
import { MessageMenu } from './message-menu.js';
import { RichText } from './rich-text.js';
import { SourceDialog } from './source-dialog.js';
import styles from './message.module.css';

interface MessageProps {
  message: MessageView;
  /** By the same person, just after the one above. */
  continued: boolean;
  /** By the reader. */
  own: boolean;
  flash: boolean;
  customerReadSeq: number | undefined;
  /** The reader. */
  agentId: string;
  /** What the message's channel lets one do to messages. */
  can: readonly ChannelAction[];
}

export type ChannelAction = Me['channels'][number]['actions'][number];

type Look = 'text' | 'html' | 'headers';

/** One message: who, when, what; a note tinted, one of ours in a bubble. */
export const Message = memo(function Message({ message, continued, own, flash, customerReadSeq, agentId, can }: MessageProps) {
  const [source, setSource] = useState(false);
  const [look, setLook] = useState<Look>('text');
  const [editing, setEditing] = useState(false);
  const { change } = useChangeMessage(message);
  const side = message.kind === 'note' ? 'note' : message.kind === 'in' ? 'in' : 'out';
  const name = own ? 'You' : side === 'in' ? firstName(message.author.name) : message.author.name;
  const pending = message.id.startsWith('pending:');
  return (
    <article className={styles['message']} data-side={side} data-continued={continued || undefined} data-flash={flash || undefined} data-message={message.id} aria-label={`${name}, ${timeOfDay(message.at)}`}>
      {!continued && <Avatar name={message.author.name} size={28} tone={side === 'in' ? 'person' : message.author.type === 'bot' ? 'bot' : 'house'} />}
      <div className={styles['body']}>
        {!continued && (
          <div className={styles['by']}>
            <b title={message.author.name}>{name}</b>
            <time dateTime={new Date(message.at).toISOString()} title={fullDate(message.at)}>
              {side === 'note' ? `note, ${timeOfDay(message.at)}` : timeOfDay(message.at)}
            </time>
            <Aside message={message} />
          </div>
        )}
        <div className={styles['sheet']} data-pending={pending || undefined} data-deleted={message.deleted !== undefined || undefined}>
          {message.unreadable !== undefined && <p className={styles['unreadable']}>This message could not be read: {message.unreadable}. Its source is kept.</p>}
          {message.deleted !== undefined && <p className={styles['deleted']}>{deletedWords(message.deleted)}</p>}
          {look === 'html' ? <MailFrame messageId={message.id} guessFrom={message.text.length} /> : <RichText text={message.text} marks={hasMarks(message.channel.kind)} />}
          {look === 'headers' && <MailHeaders message={message} />}
          {look !== 'html' && message.quoted !== undefined && message.quoted.trim() !== '' && <Quoted text={message.quoted} />}
          <Attachments attachments={message.attachments} inHtml={look === 'html'} />
        </div>
        {message.reactions !== undefined && <Reactions reactions={message.reactions} agentId={agentId} onToggle={can.includes('react') ? (emoji, on) => change({ type: 'react', emoji, on }) : undefined} />}
        {message.delivery !== undefined && <DeliveryState messageId={message.id} delivery={message.delivery} readByCustomer={customerReadSeq !== undefined && customerReadSeq >= message.seq} />}
      </div>
      {!pending && <MessageMenu message={message} look={look} onLook={setLook} onSource={() => setSource(true)} can={changes(message, can)} onEdit={() => setEditing(true)} onChange={change} />}
      {editing && <EditDialog text={message.text} onSave={(text) => change({ type: 'edit', text })} onClose={() => setEditing(false)} />}
      {source && <SourceDialog messageId={message.id} onClose={() => setSource(false)} />}
    </article>
  );
});

/** What is worth knowing at a glance: whom a mail went to, that software wrote it, that it was sent elsewhere, that the sender is not certain. */
function Aside({ message }: { message: MessageView }) {
  const words: string[] = [];
  if (message.author.type === 'outside') words.push('sent outside Rapport');
  if (message.auto !== undefined && message.auto.length > 0) words.push('automatic');
  if (message.silent !== undefined) words.push(message.silent);
  const [to] = message.email?.to ?? [];
  if (message.email !== undefined && to !== undefined) words.push(`to ${to}${message.email.to.length + message.email.cc.length > 1 ? ` and ${message.email.to.length + message.email.cc.length - 1} more` : ''}`);
  return (
    <>
      {words.length > 0 && <span className={styles['aside']}>{words.join(' · ')}</span>}
      {message.revisions !== undefined && message.revisions.length > 0 && message.deleted === undefined && (
        <span className={styles['aside']} title={`Before: ${message.revisions.at(-1)?.text ?? ''}`}>
          edited
        </span>
      )}
      {message.email?.dmarc === 'fail' && (
        <span className={styles['doubt']} title={message.email.authDetail}>
          sender not proven
        </span>
      )}
    </>
  );
}

/** What may be done to this one: only what we sent can be changed, anything said can be reacted to. */
function changes(message: MessageView, can: readonly ChannelAction[]): readonly ChannelAction[] {
  if (message.deleted !== undefined || message.kind === 'note') return [];
  const ours = message.kind === 'out' && message.author.type !== 'outside';
  return can.filter((action) => action === 'react' || ours);
}

function deletedWords(deleted: NonNullable<MessageView['deleted']>): string {
  const by = { author: 'Taken back by its author', provider: 'Removed by the platform', agent: 'Taken back by us' }[deleted.by];
  return `${by}, ${timeOfDay(deleted.at)}. Only colleagues see what it said:`;
}

function Quoted({ text }: { text: string }) {
  return (
    <details className={styles['quoted']}>
      <summary aria-label="Quoted text and signature">•••</summary>
      <RichText text={text} />
    </details>
  );
}
