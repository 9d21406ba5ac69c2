import type { CustomerView } from '../../../lib/shapes.js';
import { fullDate } from '../../../lib/time/format.js';
import { moodLine, moodWord } from '../model/mood-line.js';
import styles from './mood.module.css';

const size = { width: 264, height: 44, inset: 5 };

/** How they felt, message by message; a click on a low goes to what was said. */
export function Mood({ moods, onMessage }: { moods: CustomerView['mood']; onMessage: (messageId: string) => void }) {
  const points = moodLine(moods, size);
  const last = points.at(-1);
  if (last === undefined) return null;
  return (
    <svg className={styles['mood']} viewBox={`0 0 ${size.width} ${size.height}`} role="group" aria-label={`Mood over ${points.length} messages; now ${moodWord(last.value)}`}>
      <path d={`M0 ${size.height / 2}H${size.width}`} className={styles['zero']} />
      <path d={`M${points.map((point) => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join(' ')}`} className={styles['line']} />
      {points.map((point) => (
        <g key={point.messageId} className={styles['point']} data-low={point.value <= -1 || undefined} data-alone={points.length === 1 || undefined} role="button" tabIndex={0} aria-label={`${moodWord(point.value)}, ${fullDate(point.at)}`} onClick={() => onMessage(point.messageId)} onKeyDown={(event) => event.key === 'Enter' && onMessage(point.messageId)}>
          <title>{`${moodWord(point.value)}, ${fullDate(point.at)}`}</title>
          <circle cx={point.x} cy={point.y} r="9" className={styles['reach']} />
          <circle cx={point.x} cy={point.y} r="3.5" className={styles['dot']} />
        </g>
      ))}
    </svg>
  );
}
