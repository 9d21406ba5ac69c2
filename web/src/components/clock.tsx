import { clockFace, lengthWords, targetWords, type ClockFace, type RunningWait } from '../lib/time/clock.js';
import { fullDate } from '../lib/time/format.js';
import styles from './clock.module.css';

interface ClockProps {
  wait: RunningWait;
  now: number;
  /** Where there is a better explanation than the browser's own hint. */
  plain?: boolean;
}

const circumference = 2 * Math.PI * 8;
const hints: Readonly<Record<ClockFace['tone'], string>> = { ok: '', warn: ', due soon', bad: ', beyond the target' };

/** The customer's clock: a ring that fills toward the deadline, and how much time is left or over. */
export function Clock({ wait, now, plain = false }: ClockProps) {
  const face = clockFace(wait, now);
  const title = `Waiting for ${face.waited}, since ${fullDate(wait.since)}; ${wait.due.name}: ${targetWords(wait.due)}`;
  return (
    <span className={styles['clock']} data-tone={face.tone} title={plain ? undefined : title}>
      <Ring share={face.share} tone={face.tone} />
      <span className={styles['hidden']}>waiting, </span>
      {face.words}
      {hints[face.tone] !== '' && <span className={styles['hidden']}>{hints[face.tone]}</span>}
    </span>
  );
}

/** How long somebody has waited, where the target is not known. */
export function Waited({ since, now }: { since: number; now: number }) {
  return (
    <span className={styles['waited']} title={`Waiting since ${fullDate(since)}`}>
      waits {lengthWords(now - since)}
    </span>
  );
}

/** Thin while there is time, thick when it is due soon, closed around a dot when it is over: told apart without colour. */
function Ring({ share, tone }: Pick<ClockFace, 'share' | 'tone'>) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden>
      <circle cx="10" cy="10" r="8" className={styles['track']} />
      <circle cx="10" cy="10" r="8" className={styles['hand']} strokeDasharray={`${(share * circumference).toFixed(1)} 60`} />
      {tone === 'bad' && <circle cx="10" cy="10" r="3.2" className={styles['dot']} />}
    </svg>
  );
}
