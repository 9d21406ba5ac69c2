import { Link } from '@tanstack/react-router';
import { ChannelIcon } from '../../../components/channel-icon.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { Receipt } from '../../../lib/shapes.js';
import { endWords, firstMessage, momentWords, targetOutcome, targetWords, waitedWords } from '../model/receipt-words.js';
import { ReceiptClock } from './receipt-clock.js';
import styles from './receipt.module.css';

interface ReceiptProps {
  receipt: Receipt;
  timeZone: string;
  now: number;
}

/** One wait with everything that it is made of, down to its messages. */
export function ReceiptItem({ receipt, timeZone, now }: ReceiptProps) {
  const me = useMe();
  const outcome = targetOutcome(receipt, now);
  const target = targetWords(receipt);
  return (
    <article className={styles['receipt']} aria-label={`${receipt.customer.name}, ${momentWords(receipt.from, { timeZone, now })}`}>
      <div className={styles['head']}>
        <p className={styles['sentence']}>
          <b>{receipt.customer.name}</b>, {momentWords(receipt.from, { timeZone, now })}: {waitedWords(receipt)}
          {outcome !== undefined && (
            <>
              ; <span className={styles[outcome.tone]}>{outcome.words}</span>
            </>
          )}
          .
        </p>
        <Ways receipt={receipt} />
      </div>
      <ReceiptClock receipt={receipt} timeZone={timeZone} />
      <div className={styles['facts']}>
        <span className={styles['channel']}>
          <ChannelIcon kind={receipt.channel.kind} size={13} />
          {receipt.subject ?? receipt.channel.name}
        </span>
        <span>{endWords(receipt, { teams: me.teams, channels: me.channels })}.</span>
        {target !== undefined && <span>{target}.</span>}
        {receipt.inPublic && <span>Others could read along.</span>}
        {receipt.imported && <span>Imported.</span>}
        {receipt.givenAt !== undefined && <span>Its provider said {momentWords(receipt.givenAt, { timeZone, now })}, which cannot be; the arrival counts.</span>}
      </div>
      {receipt.corrections.length > 0 && (
        <ul className={styles['corrections']} aria-label="Corrections">
          {receipt.corrections.map((correction) => (
            <li key={`${correction.at}${correction.why}`}>
              Corrected {momentWords(correction.at, { timeZone, now })}: {correction.why}
              {correction.before !== '' && ` (before: ${correction.before})`}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

/** To the messages themselves. */
function Ways({ receipt }: { receipt: Receipt }) {
  const asked = firstMessage(receipt);
  return (
    <span className={styles['links']}>
      <Link to="/c/$conversationId" params={{ conversationId: receipt.conversationId }} search={asked === undefined ? {} : { at: asked }}>
        Question
      </Link>
      {receipt.answer !== undefined && receipt.answer.messageId !== '' && (
        <Link to="/c/$conversationId" params={{ conversationId: receipt.answer.conversationId }} search={{ at: receipt.answer.messageId }}>
          Answer
        </Link>
      )}
    </span>
  );
}
