import styles from './skeleton.module.css';

/** Grey lines in the place of text that is on its way. `widths` in percent, one per line. */
export function Skeleton({ widths, label }: { widths: readonly number[]; label: string }) {
  return (
    <div className={styles['block']} role="status" aria-label={label}>
      {widths.map((width, index) => (
        <span key={index} className={styles['line']} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

/** Rows of the list that are on their way. */
export function RowSkeletons({ count }: { count: number }) {
  return (
    <div role="status" aria-label="Loading conversations" className={styles['rows']}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles['row']}>
          <span className={styles['circle']} />
          <div className={styles['block']}>
            <span className={styles['line']} style={{ width: `${34 + ((index * 17) % 26)}%` }} />
            <span className={styles['line']} style={{ width: `${62 + ((index * 23) % 32)}%` }} />
          </div>
        </div>
      ))}
    </div>
  );
}
