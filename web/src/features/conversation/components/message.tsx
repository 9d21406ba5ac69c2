import { memo, useState } from 'react';
import { Avatar } from '../../../components/avatar.js';
import { firstName } from '../../../lib/initials.js';
import type { MessageView } from '../../../lib/shapes.js';
import { fullDate, timeOfDay } from '../../../lib/time/format.js';
import { Attachments } from './attachments.js';
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
}

type Look = 'text' | 'html' | 'headers';

/** One message: who, when, what; a note tinted, one of ours in a bubble. */
export const Message = memo(function Message({ message, continued, own, flash, customerReadSeq }: MessageProps) {
  const [source, setSource] = useState(false);
  const [look, setLook] = useState<Look>('text');
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
        <div className={styles['sheet']} data-pending={pending || undefined}>
          {message.unreadable !== undefined && <p className={styles['unreadable']}>This message could not be read: {message.unreadable}. Its source is kept.</p>}
          {look === 'html' ? <MailFrame messageId={message.id} guessFrom={message.text.length} /> : <RichText text={message.text} />}
          {look === 'headers' && <MailHeaders message={message} />}
          {look !== 'html' && message.quoted !== undefined && message.quoted.trim() !== '' && <Quoted text={message.quoted} />}
          <Attachments attachments={message.attachments} inHtml={look === 'html'} />
        </div>
        {message.delivery !== undefined && <DeliveryState messageId={message.id} delivery={message.delivery} readByCustomer={customerReadSeq !== undefined && customerReadSeq >= message.seq} />}
      </div>
      {!pending && <MessageMenu message={message} look={look} onLook={setLook} onSource={() => setSource(true)} />}
      {source && <SourceDialog messageId={message.id} onClose={() => setSource(false)} />}
    </article>
  );
});

/** What is worth knowing at a glance: whom a mail went to, that software wrote it, that it was sent elsewhere, that the sender is not certain. */
function Aside({ message }: { message: MessageView }) {
  const words: string[] = [];
  if (message.author.type === 'outside') words.push('sent outside Rapport');
  if (message.auto !== undefined && message.auto.length > 0) words.push('automatic');
  const [to] = message.email?.to ?? [];
  if (message.email !== undefined && to !== undefined) words.push(`to ${to}${message.email.to.length + message.email.cc.length > 1 ? ` and ${message.email.to.length + message.email.cc.length - 1} more` : ''}`);
  return (
    <>
      {words.length > 0 && <span className={styles['aside']}>{words.join(' · ')}</span>}
      {message.email?.dmarc === 'fail' && (
        <span className={styles['doubt']} title={message.email.authDetail}>
          sender not proven
        </span>
      )}
    </>
  );
}

function Quoted({ text }: { text: string }) {
  return (
    <details className={styles['quoted']}>
      <summary aria-label="Quoted text and signature">•••</summary>
      <RichText text={text} />
    </details>
  );
}
