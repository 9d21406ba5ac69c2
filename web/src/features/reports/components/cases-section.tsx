import { Fragment, type ReactNode } from 'react';
import { Figure } from '../../../components/charts/figure.js';
import { PointLink } from '../../../components/charts/point-link.js';
import type { Report } from '../../../lib/shapes.js';
import { caseLines, type CaseNumber } from '../model/case-lines.js';
import { count, counted } from '../model/lengths.js';
import { About } from '../../../components/about.js';
import type { ReportNav } from './use-report-nav.js';
import styles from './sections.module.css';

/** What came of the conversations; every number opens those it is counted from. */
export function CasesSection({ report, nav }: { report: Report; nav: ReportNav }) {
  const all: CaseNumber = { words: counted(report.cases.now.conversations, 'conversation'), pick: '', of: report.cases.now.conversations };
  return (
    <Figure title="Conversations" hint={<span className={styles['linked']}><Opened number={all} nav={nav} /> began in this time</span>}>
      <dl className={styles['cases']}>
        {caseLines(report).map((line) => (
          <div key={line.name}>
            <dt>
              {line.name} <About of={[line.about]} what={line.name} />
            </dt>
            <dd>
              <b>
                <Opened number={line.value} nav={nav} of={line.name} />
              </b>{' '}
              {line.more.map((part, index) => (
                <Fragment key={index}>{typeof part === 'string' ? part : <Opened number={part} nav={nav} of={line.name} />}</Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Figure>
  );
}

/** A number as the way to its conversations; where there are none it is only said. */
function Opened({ number, nav, of }: { number: CaseNumber; nav: ReportNav; of?: string }): ReactNode {
  if (number.of === 0) return number.words;
  return (
    <PointLink href={nav.conversations(number.pick, number.sort)} onOpen={nav.open} {...(of === undefined ? {} : { label: `${of}: ${number.words}. Shows its conversations.` })}>
      {number.words}
    </PointLink>
  );
}

/** Waits that ended because somebody said that no answer was needed: by whom, so that it polishes nothing unseen. */
export function NotNeededSection({ report, nav }: { report: Report; nav: ReportNav }) {
  if (report.notNeeded.length === 0) return null;
  return (
    <Figure title="No answer needed" hint="said by" about={<About of={['not_needed']} what="No answer needed" />}>
      <ul className={styles['people']}>
        {report.notNeeded.map((entry) => (
          <li key={entry.key.id}>
            <PointLink href={nav.waits(`not_needed_by:${entry.key.id}`)} onOpen={nav.open}>
              {entry.key.name} <b>{count(entry.count)}</b>
            </PointLink>
          </li>
        ))}
      </ul>
    </Figure>
  );
}
