import { AtSign, Phone, ShieldCheck } from 'lucide-react';
import { ChannelIcon } from '../../../components/channel-icon.js';
import type { IdentityView } from '../../../lib/shapes.js';
import { identityLines, proofWords, type IdentityLine } from '../model/identity-lines.js';
import styles from './identities.module.css';

/** Where the person is known from, each with its proof. */
export function Identities({ identities }: { identities: readonly IdentityView[] }) {
  return (
    <ul className={styles['list']}>
      {identityLines(identities).map((line) => (
        <Line key={line.key} line={line} />
      ))}
    </ul>
  );
}

function Line({ line }: { line: IdentityLine }) {
  const proof = proofWords(line.proof);
  return (
    <li className={styles['line']}>
      {line.icon === 'phone' ? <Phone size={14} strokeWidth={1.8} aria-label="Phone" /> : line.icon === 'at' ? <AtSign size={14} strokeWidth={1.8} aria-label="Account" /> : <ChannelIcon kind={line.icon} />}
      <span className={styles['text']} title={line.joined ? `${line.text}, from a record that was joined` : line.text}>
        {line.text}
      </span>
      <span className={styles['proof']} data-proof={line.proof} title={proof.why}>
        {line.proof !== 'claimed' && <ShieldCheck size={13} strokeWidth={1.8} aria-hidden />}
        {proof.label}
      </span>
    </li>
  );
}
