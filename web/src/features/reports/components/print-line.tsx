import { useMe } from '../../../lib/cache/use-me.js';
import { momentWords } from '../model/receipt-words.js';
import type { ReportQuery } from '../model/query.js';
import { spanWords } from '../model/period.js';
import styles from './report-page.module.css';

/** On paper only: whose report, of which days, in which zone, and when it was printed. */
export function PrintLine({ query, now }: { query: ReportQuery; now: number }) {
  const me = useMe();
  return (
    <p className={styles['print']}>
      {me.workspace.companyName}. {spanWords(query, 'always')}, {query.zone}. Printed {momentWords(now, { timeZone: query.zone, now: 0 })} by {me.agent.name}.
    </p>
  );
}
