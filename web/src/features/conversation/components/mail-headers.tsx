import type { MessageView } from '../../../lib/shapes.js';
import { fullDate } from '../../../lib/time/format.js';
import styles from './mail-headers.module.css';

const proofs = { pass: 'proven (DMARC passed)', fail: 'not proven (DMARC failed)', none: 'not stated (no DMARC)' } as const;

/** Who wrote to whom, when, and how sure that is; and why the message stands in this conversation. */
export function MailHeaders({ message }: { message: MessageView }) {
  const lines: [string, string | undefined][] = [
    ['From', message.email?.from],
    ['To', message.email?.to.join(', ')],
    ['Cc', message.email?.cc.join(', ')],
    ['Subject', message.email?.subject],
    ['Date', fullDate(message.at)],
    ['Arrived', message.receivedAt - message.at > 60_000 ? fullDate(message.receivedAt) : undefined],
    ['Sender', message.email?.dmarc === undefined ? undefined : `${proofs[message.email.dmarc]}${message.email.authDetail === undefined ? '' : `: ${message.email.authDetail}`}`],
    ['Automatic', message.auto?.join(', ')],
    ['Why here', message.matched],
  ];
  return (
    <dl className={styles['headers']}>
      {lines.map(([name, value]) =>
        value === undefined || value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
