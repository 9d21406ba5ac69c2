import { Figure } from '../../../components/charts/figure.js';
import { PointLink } from '../../../components/charts/point-link.js';
import type { Report } from '../../../lib/shapes.js';
import { changeOf, count, counted, lengthWords, percent } from '../model/lengths.js';
import { About } from '../../../components/about.js';
import type { ReportNav } from './use-report-nav.js';
import styles from './sections.module.css';

interface Line {
  name: string;
  value: string;
  more?: string;
  about: string;
}

/** What came of the conversations. */
export function CasesSection({ report }: { report: Report }) {
  const lines = caseLines(report);
  return (
    <Figure title="Conversations" hint={`${counted(report.cases.now.conversations, 'conversation')} began in this time`}>
      <dl className={styles['cases']}>
        {lines.map((line) => (
          <div key={line.name}>
            <dt>
              {line.name} <About of={[line.about]} what={line.name} />
            </dt>
            <dd>
              <b>{line.value}</b> {line.more}
            </dd>
          </div>
        ))}
      </dl>
    </Figure>
  );
}

function caseLines(report: Report): Line[] {
  const { now, before } = report.cases;
  const clock = report.time;
  const length = (ms: number | undefined, none: string) => (ms === undefined ? none : lengthWords(ms, clock));
  const change = changeOf(now.resolution[clock].p50, before?.resolution[clock].p50, clock);
  const bot = now.bot.helped + now.bot.handedOver + now.bot.silent;
  const was = (value: number | undefined) => (value === undefined ? '' : `before: ${count(value)}`);
  return [
    { name: 'Resolved, half within', value: length(now.resolution[clock].p50, 'none yet'), more: [`${count(now.resolved)} of ${count(now.conversations)}`, ...(change === undefined ? [] : [change.words])].join(', '), about: 'resolution' },
    { name: 'Taken by somebody, half within', value: now.timeToAssign.p50 === undefined ? 'none yet' : lengthWords(now.timeToAssign.p50, 'calendar'), more: 'calendar time', about: 'time_to_assign' },
    { name: 'Opened again', value: count(now.reopened), more: was(before?.reopened), about: 'reopened' },
    { name: 'Passed on', value: count(now.transfers), more: was(before?.transfers), about: 'transfers' },
    { name: 'Answers each', value: now.touches.median === undefined ? '0' : count(now.touches.median), more: `half have at most that; ${count(now.touches.total)} in all`, about: 'touches' },
    { name: 'Solved at the first contact', value: now.contactsUntilSolved.customers === 0 ? 'none yet' : percent(now.contactsUntilSolved.once / now.contactsUntilSolved.customers), more: `of ${counted(now.contactsUntilSolved.customers, 'customer')}`, about: 'contacts_until_solved' },
    ...(bot === 0 ? [] : [{ name: 'The bot helped', value: percent(now.bot.helped / bot), more: `${count(now.bot.handedOver)} handed over, ${count(now.bot.silent)} without a word of it`, about: 'bots_share' }]),
  ];
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
