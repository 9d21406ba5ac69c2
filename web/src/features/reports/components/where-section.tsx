import { Figure } from '../../../components/charts/figure.js';
import { PointLink } from '../../../components/charts/point-link.js';
import { ShareBar } from '../../../components/charts/share-bar.js';
import type { Report } from '../../../lib/shapes.js';
import { count, counted, lengthWords, percent } from '../model/lengths.js';
import { heldWords, reasonWords } from '../model/report-words.js';
import { About } from '../../../components/about.js';
import type { ReportNav } from './use-report-nav.js';
import styles from './sections.module.css';

/** With whom the waits lay. */
export function WhereSection({ report, nav }: { report: Report; nav: ReportNav }) {
  const parts = [...report.where].sort((one, other) => other.ms - one.ms);
  const shares = parts.map((part) => ({
    id: part.by, label: heldWords[part.by], share: part.share, short: percent(part.share), words: `${percent(part.share)}, ${lengthWords(part.ms, report.time)}`, href: nav.waits(`by:${part.by}`),
  }));
  if (shares.every((share) => share.share === 0)) return null;
  return (
    <Figure title="Where the time went" about={<About of={['where']} what="Where the time went" />} table={{ head: ['It lay', 'Share', 'Time'], onOpen: nav.open, rows: shares.map((share) => ({ id: share.id, href: share.href, cells: [share.label, share.short, share.words.split(', ')[1] ?? ''] })) }}>
      {/* Less than a second would be told as "0 s"; the table has it. */}
      <ShareBar name="Where the time went" shares={shares.filter((_, index) => (parts[index]?.ms ?? 0) >= 1_000)} onOpen={nav.open} />
    </Figure>
  );
}

/** Why waits went over target: with whom each lay for most of the time. */
export function BreachSection({ report, nav }: { report: Report; nav: ReportNav }) {
  const breaches = [...report.breaches].filter((breach) => breach.count > 0).sort((one, other) => other.count - one.count);
  const total = breaches.reduce((sum, breach) => sum + breach.count, 0);
  if (total === 0) return null;
  return (
    <Figure title="Over target because" hint={`${counted(total, 'wait')}, by where each lay the longest`} about={<About of={['breaches', 'over_target']} what="Over target because" />}>
      <ul className={styles['reasons']}>
        {breaches.map((breach) => (
          <li key={breach.reason}>
            <PointLink href={nav.waits(`breach:${breach.reason}`)} onOpen={nav.open}>
              <span>{reasonWords[breach.reason]}</span>
              <i style={{ width: `${(breach.count / (breaches[0]?.count ?? 1)) * 100}%` }} aria-hidden />
              <b>{count(breach.count)}</b>
            </PointLink>
          </li>
        ))}
      </ul>
    </Figure>
  );
}
