import { clockFace } from '../lib/time/clock.js';
import { fullDate } from '../lib/time/format.js';
import styles from './clock.module.css';

interface ClockProps {
  since: number;
  targetMinutes: number;
  now: number;
  /** With the target: "5 h 12 m of 4 h". */
  long?: boolean;
}

const circumference = 2 * Math.PI * 8;

/** The customer's clock: a ring that fills toward the target, and how long they have waited. */
export function Clock({ since, targetMinutes, now, long = false }: ClockProps) {
  const face = clockFace(since, targetMinutes, now);
  return (
    <span className={styles['clock']} data-tone={face.tone} title={`Waiting since ${fullDate(since)}; target ${face.long.split(' of ')[1] ?? ''}`}>
      <svg viewBox="0 0 20 20" aria-hidden>
        <circle cx="10" cy="10" r="8" className={styles['track']} />
        <circle cx="10" cy="10" r="8" strokeDasharray={`${(face.share * circumference).toFixed(1)} 60`} />
      </svg>
      <span className={styles['hidden']}>waiting </span>
      {long ? face.long : face.words}
      {face.tone === 'bad' && <span className={styles['hidden']}>, beyond the target</span>}
    </span>
  );
}
