import type { Wall } from '../../../lib/shapes.js';
import { bigNumbers } from '../model/wall-words.js';
import { About } from '../../../components/about.js';
import styles from './wall-numbers.module.css';

/** The four figures one looks up for. `large`: to be read from across the room. */
export function WallNumbers({ waiting, now, large = false }: { waiting: Wall['waiting']; now: number; large?: boolean }) {
  return (
    <dl className={styles['numbers']} data-large={large || undefined}>
      {bigNumbers(waiting, now).map((each) => (
        <div key={each.key} data-tone={each.tone} data-figure={each.key}>
          <dt>
            {each.name} {!large && <About of={each.defined} what={each.name} />}
          </dt>
          <dd className={styles['value']}>{each.value.toLocaleString('en-GB')}</dd>
          <dd className={styles['more']}>{each.more}</dd>
        </div>
      ))}
    </dl>
  );
}
