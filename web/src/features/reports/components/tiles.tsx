import { Fragment, type ReactNode } from 'react';
import { PointLink } from '../../../components/charts/point-link.js';
import type { Figures, Report } from '../../../lib/shapes.js';
import { changeOf, count, counted, lengthWords, percent, shareChange, type Change } from '../model/lengths.js';
import { kindWords } from '../model/report-words.js';
import { About } from '../../../components/about.js';
import type { ReportNav } from './use-report-nav.js';
import styles from './tiles.module.css';

/** The four numbers: how they were, how that compares, and each a way to its waits. */
export function Tiles({ report, nav }: { report: Report; nav: ReportNav }) {
  const { now, before } = report.totals;
  const clock = report.time;
  const times = now[clock];
  const earlier = before?.[clock];
  const answer = kindWords[report.kind];
  const lengthOf = (ms: number | undefined) => (ms === undefined ? undefined : lengthWords(ms, clock));
  const share = shareWithin(now);
  const late = lengthOf(times.all.p90);
  const average = lengthOf(times.average);
  return (
    <div className={styles['tiles']}>
      <Tile
        name={`${answer}, half of customers within`} value={lengthOf(times.answered.p50)} none="nobody answered yet" href={nav.waits('state:answered')} nav={nav} about={['percentile_answered', ...(average === undefined ? [] : ['average']), ...(report.kind === 'any' ? [] : [`${report.kind}_response`]), `${clock}_time`]}
        parts={[changed(changeOf(times.answered.p50, earlier?.answered.p50, clock), before !== undefined), average === undefined ? undefined : `${average} on average`]}
      />
      <Tile
        name={`${answer}, 9 of 10 within`} value={lengthOf(times.answered.p90)} none="nobody answered yet" href={nav.waits(times.answered.p90 === undefined ? 'state:answered' : `state:answered;waited:${times.answered.p90}-`)} opens="the slowest of them" nav={nav}
        about={['percentile_answered', 'kaplan_meier']}
        parts={[changed(changeOf(times.answered.p90, earlier?.answered.p90, clock), before !== undefined), now.open === 0 ? undefined : late === undefined ? 'fewer than 9 of 10 with those still waiting' : `${late} with those still waiting`]}
      />
      <Tile
        name="Within target" value={share === undefined ? undefined : percent(share)} none="no wait has a target" href={nav.waits('target:over')} opens={`the ${counted(now.target.over, 'wait')} over target`} nav={nav} about={['within_target', 'over_target', 'undecided']}
        parts={share === undefined ? [] : [
          `${count(now.target.within)} of ${counted(now.target.within + now.target.over, 'wait')}`, changed(shareChange(share, before === undefined ? undefined : shareWithin(before)), false), now.target.undecided === 0 ? undefined : `${count(now.target.undecided)} not due yet`,
        ]}
      />
      <Tile name="We owe an answer" value={count(report.owed.customers)} bad={report.owed.customers > 0} href={nav.waits('owed:1')} nav={nav} about={['owed']} parts={[owedWords(report)]} />
    </div>
  );
}

interface TileProps {
  name: string;
  value: string | undefined;
  /** What is said where there is no number. */
  none?: string;
  bad?: boolean;
  href: string;
  /** What the link leads to, when that is not the name. */
  opens?: string;
  nav: ReportNav;
  about: readonly string[];
  /** What stands below it. */
  parts: readonly ReactNode[];
}

function Tile({ name, value, none, bad = false, href, opens, nav, about, parts }: TileProps) {
  return (
    <div className={styles['tile']}>
      <small>
        {name} <About of={about} what={name} />
      </small>
      {value === undefined ? (
        <b className={styles['none']}>{none}</b>
      ) : (
        <PointLink href={href} onOpen={nav.open} label={`${name}: ${value}. Shows ${opens ?? 'its waits'}.`}>
          <b data-tone={bad ? 'bad' : undefined}>{value}</b>
        </PointLink>
      )}
      <p>
        {parts.filter((part) => part !== undefined).map((part, index) => (
          <Fragment key={index}>
            {index > 0 && '; '}
            {part}
          </Fragment>
        ))}
      </p>
    </div>
  );
}

/** @param compared whether there was something to compare with: then that there was nothing is said too. */
function changed(change: Change | undefined, compared: boolean): ReactNode {
  if (change === undefined) return compared ? 'nothing to compare with' : undefined;
  if (change.tone === 'same') return change.words;
  return (
    <>
      <span className={styles[change.tone]}>{change.words}</span> than before
    </>
  );
}

/** Of those with a target whose outcome is certain. */
export function shareWithin(figures: Figures): number | undefined {
  const decided = figures.target.within + figures.target.over;
  return decided === 0 ? undefined : figures.target.within / decided;
}

function owedWords({ owed, now }: Report): string {
  if (owed.customers === 0) return 'nobody waits';
  const oldest = owed.oldestSince === undefined ? [] : [`the oldest waits ${lengthWords(now - owed.oldestSince, 'calendar')}`];
  const publicly = owed.inPublic === 0 ? [] : [`${owed.inPublic === 1 ? 'one' : count(owed.inPublic)} in public`];
  const over = owed.overdue === 0 ? [] : [`${count(owed.overdue)} over target`];
  return [...oldest, ...over, ...publicly].join(', ');
}
