import { PointLink } from '../../../components/charts/point-link.js';
import type { Report } from '../../../lib/shapes.js';
import { counted } from '../model/lengths.js';
import { About } from '../../../components/about.js';
import { momentWords } from '../model/receipt-words.js';
import type { ReportNav } from './use-report-nav.js';
import styles from './sections.module.css';

/** What changed in this period after it had ended, and how exact the figures are. */
export function CorrectionsSection({ report, nav }: { report: Report; nav: ReportNav }) {
  const { count, newest } = report.corrections;
  return (
    <footer className={styles['foot']}>
      {count > 0 && (
        <details>
          <summary>
            {counted(count, 'fact')} of this period {count === 1 ? 'was' : 'were'} corrected after it had ended
          </summary>
          <ul>
            {newest.map((one) => (
              <li key={`${one.waitId}${one.at}${one.why}`}>
                {momentWords(one.at, { timeZone: report.period.timeZone, now: report.now })}: {one.why}
              </li>
            ))}
            <li>
              <PointLink href={nav.waits('corrected:1')} onOpen={nav.open}>
                Show the waits
              </PointLink>
            </li>
          </ul>
        </details>
      )}
      <p>
        {report.exact ? 'Every figure is exact, from the stored facts.' : `Percentiles are estimates within ${((report.relativeError ?? 0.01) * 100).toFixed(1).replace('.0', '')} %; counts are exact.`} A period holds the waits that began in it. <About of={['period', 'corrections']} what="the period" />
      </p>
    </footer>
  );
}
