import styles from './readout.module.css';

interface ReadoutProps {
  /** Where the point is, and how wide the chart. */
  x: number;
  width: number;
  title: string;
  lines: readonly string[];
}

/** The numbers at a point. Says nothing to screen readers: the point's link has the same words. */
export function Readout({ x, width, title, lines }: ReadoutProps) {
  const onLeft = x > width / 2;
  return (
    <div className={styles['readout']} aria-hidden style={onLeft ? { right: width - x + 12 } : { left: x + 12 }}>
      <b>{title}</b>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}
