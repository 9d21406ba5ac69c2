import { Split } from 'lucide-react';
import type { ConversationRow, Me } from '../../../lib/shapes.js';
import styles from './mirror-line.module.css';

/** Where colleagues follow this conversation, while they do. */
export function MirrorLine({ row, me, onStop }: { row: ConversationRow; me: Me; onStop: () => void }) {
  const { mirror } = row;
  if (mirror === undefined) return null;
  const name = me.channels.find((channel) => channel.id === mirror.channelId)?.name ?? 'a removed channel';
  return (
    <p className={styles['line']} data-tone={mirror.failed === undefined ? undefined : 'warn'}>
      <Split size={13} aria-hidden />
      {mirror.failed === undefined ? (
        <span>
          Mirrored to {name} ({mirror.place}): answers in the thread there go to the customer.
        </span>
      ) : (
        <span>
          Mirroring to {name} ({mirror.place}) has failed: {mirror.failed}
        </span>
      )}
      <button type="button" onClick={onStop}>
        Stop
      </button>
    </p>
  );
}
