import { Skeleton } from '../../../components/skeleton.js';
import styles from './report-page.module.css';

/** The report's place while it is on its way. */
export function ReportSkeleton() {
  return (
    <div className={styles['skeleton']} role="status" aria-label="Computing the report">
      <div className={styles['skeletonTiles']}>
        {[0, 1, 2, 3].map((tile) => (
          <Skeleton key={tile} widths={[58, 34, 72]} label="" />
        ))}
      </div>
      <Skeleton widths={[22, 100, 100, 100, 94, 100, 88]} label="" />
    </div>
  );
}
