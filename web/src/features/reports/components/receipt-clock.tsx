import { useId } from 'react';
import { useWidth } from '../../../components/charts/use-width.js';
import type { Receipt } from '../../../lib/shapes.js';
import { lengthWords } from '../model/lengths.js';
import { receiptScale, timeTicks, type ReceiptScale } from '../model/receipt-scale.js';
import { segmentWords, timeAt } from '../model/receipt-words.js';
import { heldWords } from '../model/report-words.js';
import styles from './receipt-clock.module.css';

const top = 17;
const barHeight = 16;
/** What is taken off above and below where nobody was there: a colour of its own would be read as another holder. */
const thin = 5.5;
const charPx = 6.2;

/** One wait to scale: with whom it lay, when somebody was there, what was said, and where the target was. */
export function ReceiptClock({ receipt, timeZone }: { receipt: Receipt; timeZone: string }) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const id = useId();
  const scale = receiptScale(receipt);
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`;
  const ended = receipt.state === 'answered';
  return (
    <div ref={ref} className={styles['clock']} role="img" aria-label={`From ${timeAt(receipt.from, timeZone)}: ${segmentWords(receipt)}`}>
      <svg width="100%" height="62" aria-hidden>
        <Patterns id={id} />
        <rect className={styles['track']} x={percent(scale.track.from)} y={top} width={percent(scale.track.width)} height={barHeight} rx="4" />
        {scale.open.map((span) => (
          <rect key={span.from} className={styles['open']} x={percent(span.from)} y={top - 4} width={percent(span.width)} height={barHeight + 8} rx="2" />
        ))}
        {scale.segments.map((segment) => (
          <g key={segment.since} className={styles['segment']} data-by={segment.by}>
            <title>{`${segment.name === undefined ? heldWords[segment.by] : `${heldWords[segment.by]}: ${segment.name}`}, ${lengthWords(segment.until - segment.since, 'calendar')} from ${timeAt(segment.since, timeZone)}`}</title>
            <rect x={percent(segment.from)} y={top} width={percent(segment.width)} height={barHeight} />
            {segment.by !== 'unassigned' && segment.by !== 'agent' && <rect className={styles['pattern']} x={percent(segment.from)} y={top} width={percent(segment.width)} height={barHeight} style={{ fill: `url(#${id}-${segment.by})` }} />}
          </g>
        ))}
        {scale.closed.map((gap) => (
          <g key={gap.from} className={styles['closed']}>
            <rect x={percent(gap.from)} y={top} width={percent(gap.width)} height={thin} />
            <rect x={percent(gap.from)} y={top + barHeight - thin} width={percent(gap.width)} height={thin} />
          </g>
        ))}
        {receipt.ticks.map((tick) => (
          <line key={tick.messageId} className={styles['tick']} data-kind={tick.kind} x1={percent(scale.at(tick.at))} x2={percent(scale.at(tick.at))} y1={top + barHeight - 5} y2={top + barHeight + 6}>
            <title>{`${tick.name}, ${timeAt(tick.at, timeZone)}`}</title>
          </line>
        ))}
        {scale.due !== undefined && <line className={styles['due']} x1={percent(scale.at(scale.due))} x2={percent(scale.at(scale.due))} y1={top - 6} y2={top + barHeight + 6} />}
        <circle className={styles['wrote']} cx={percent(scale.at(receipt.from))} cy={top + barHeight / 2} r="4" />
        {receipt.to !== undefined && <circle className={styles['ended']} data-answered={ended || undefined} cx={percent(scale.at(receipt.to))} cy={top + barHeight / 2} r="4" />}
        {labels(receipt, scale, width).map((label) => (
          <text key={label.text} x={label.x} y="9" textAnchor={label.anchor} className={label.bad ? styles['bad'] : undefined}>
            {label.text}
          </text>
        ))}
        {timeTicks(scale, { timeZone, most: Math.max(2, Math.floor(width / 96)) }).map((tick) => (
          <text key={tick.time} x={percent(scale.at(tick.time))} y="57" textAnchor={scale.at(tick.time) > 0.96 ? 'end' : scale.at(tick.time) < 0.04 ? 'start' : 'middle'}>
            {tick.text}
          </text>
        ))}
      </svg>
    </div>
  );
}

interface Label {
  text: string;
  x: number;
  anchor: 'start' | 'end';
  bad: boolean;
}

const endNames = { answered: 'answered', answered_by_bot: 'bot helped', not_needed: 'not needed', abandoned: 'taken back', open: 'now' } as const;

/** The words above the bar: each at its mark, none over another. What has no room is left to the mark itself. */
function labels(receipt: Receipt, scale: ReceiptScale, width: number): Label[] {
  const placed: (Label & { from: number; to: number })[] = [];
  const place = (text: string, time: number, bad = false) => {
    const x = scale.at(time) * width;
    const length = text.length * charPx;
    const anchors = x + length <= width ? (['start', 'end'] as const) : (['end', 'start'] as const);
    const tries = anchors.map((anchor) => (anchor === 'start' ? { anchor, from: x, to: x + length } : { anchor, from: x - length, to: x }));
    const room = tries.find((one) => one.from >= -2 && one.to <= width + 2 && placed.every((other) => one.to + 8 <= other.from || one.from >= other.to + 8));
    if (room !== undefined) placed.push({ text, x, anchor: room.anchor, bad, from: room.from, to: room.to });
  };
  place('wrote', receipt.from);
  place(endNames[receipt.state], scale.until);
  if (scale.due !== undefined) place('target', scale.due, scale.due < scale.until);
  return placed;
}

/** What the colours say, said by lines and dots too. */
function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-snoozed`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" x2="0" y1="0" y2="6" />
      </pattern>
      <pattern id={`${id}-customer`} width="5" height="5" patternUnits="userSpaceOnUse">
        <line x1="0" x2="0" y1="0" y2="5" />
      </pattern>
      <pattern id={`${id}-bot`} width="5" height="5" patternUnits="userSpaceOnUse">
        <circle cx="2.5" cy="2.5" r="1" />
      </pattern>
    </defs>
  );
}
