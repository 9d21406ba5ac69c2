import type { HeldBy } from '../../../lib/shapes.js';
import { heldWords } from '../model/report-words.js';
import styles from './receipt-legend.module.css';

const order: readonly HeldBy[] = ['bot', 'unassigned', 'agent', 'snoozed', 'customer'];

/** How a wait's clock is read. */
export function ReceiptLegend() {
  return (
    <ul className={styles['legend']} aria-label="How to read the clocks">
      {order.map((by) => (
        <li key={by}>
          <i data-by={by} aria-hidden />
          {heldWords[by]}
        </li>
      ))}
      <li>
        <i data-by="open" aria-hidden />
        open hours; thin: closed
      </li>
      <li>
        <i data-by="message" aria-hidden />a message
      </li>
    </ul>
  );
}
