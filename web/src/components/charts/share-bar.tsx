import { PointLink } from './point-link.js';
import styles from './share-bar.module.css';

export interface Share {
  /** Of the colours in `charts.css`: `unassigned`, `agent`, `snoozed`, `bot`, `customer`, `undelivered`. */
  id: string;
  label: string;
  share: number;
  /** "46 %" */
  short: string;
  /** "46 %, 12 h 5 m" */
  words: string;
  href: string;
}

/** One bar cut into shares, with its legend. Each part has a pattern of its own, and its share is written in the legend. */
export function ShareBar({ name, shares, onOpen }: { name: string; shares: readonly Share[]; onOpen: (href: string) => void }) {
  const drawn = shares.filter((share) => share.share > 0);
  return (
    <div role="group" aria-label={name}>
      <div className={styles['bar']} aria-hidden>
        {drawn.map((share) => (
          <PointLink key={share.id} href={share.href} onOpen={onOpen} tabIndex={-1} className={styles['part']} style={{ flexGrow: share.share }}>
            <span className={styles['fill']} data-by={share.id}>
              {share.share >= 0.09 && <b>{share.short}</b>}
            </span>
          </PointLink>
        ))}
      </div>
      <ul className={styles['legend']}>
        {drawn.map((share) => (
          <li key={share.id}>
            <PointLink href={share.href} onOpen={onOpen} label={`${share.label}: ${share.words}`}>
              <i className={styles['fill']} data-by={share.id} aria-hidden />
              {share.label} <span>{share.words}</span>
            </PointLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
