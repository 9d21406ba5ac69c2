import { useInfiniteQuery } from '@tanstack/react-query';
import { PointLink } from '../../../components/charts/point-link.js';
import { useApi } from '../../../lib/api/api-context.js';
import type { Report } from '../../../lib/shapes.js';
import { listWaits } from '../api/list-waits.js';
import { counted } from '../model/lengths.js';
import { dayAt, waitedWords } from '../model/receipt-words.js';
import { ReceiptClock } from './receipt-clock.js';
import type { ReportNav } from './use-report-nav.js';
import styles from './longest-card.module.css';

/** The longest wait over target, to scale, as the way to all of them. Nothing where none is over. */
export function LongestCard({ report, nav }: { report: Report; nav: ReportNav }) {
  const api = useApi();
  const over = report.totals.now.target.over;
  const page = useInfiniteQuery({ ...listWaits(api, { query: nav.query, pick: 'target:over', sort: 'longest', limit: 1 }), enabled: over > 0 }).data?.pages[0];
  const receipt = page?.items[0];
  if (over === 0 || page === undefined || receipt === undefined) return null;
  const zone = report.period.timeZone;
  return (
    <section className={styles['card']} aria-label="The longest wait over target">
      <p>
        <b>{receipt.customer.name}</b>, {dayAt(receipt.from, { timeZone: zone, now: report.now })}: the longest of{' '}
        <PointLink href={nav.waits('target:over')} onOpen={nav.open}>
          {counted(page.total, 'wait')} over target
        </PointLink>
        . {waitedWords(receipt).replace(/^\w/, (letter) => letter.toUpperCase())}.
      </p>
      <ReceiptClock receipt={receipt} timeZone={zone} />
    </section>
  );
}
