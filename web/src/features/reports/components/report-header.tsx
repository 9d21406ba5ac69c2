import { Button, Menu, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowRight, Check } from 'lucide-react';
import { useMe } from '../../../lib/cache/use-me.js';
import type { Report } from '../../../lib/shapes.js';
import { headline, periodTitle } from '../model/headline.js';
import { beforeWords, dayIn } from '../model/period.js';
import { FilterMenu, FilterWords } from './filter-menu.js';
import { PeriodMenu } from './period-menu.js';
import { TakeAway } from './take-away.js';
import type { ReportNav } from './use-report-nav.js';
import { ZonePicker } from './zone-picker.js';
import styles from './report-header.module.css';

/** What is shown, as a sentence, and everything that changes it. */
export function ReportHeader({ nav, report, now }: { nav: ReportNav; report: Report | undefined; now: number }) {
  const me = useMe();
  const { search, query, show } = nav;
  const today = dayIn(now, query.zone);
  const before = beforeWords(query);
  return (
    <header className={styles['header']}>
      <div className={styles['top']}>
        <h1>Response times</h1>
        <p className={styles['sentence']}>{headline(search, { query, me, today, report })}</p>
        <div className={styles['actions']}>
          <PeriodMenu search={search} days={query} today={today} title={periodTitle(search, query, today)} onShow={show} />
          <Menu position="bottom-end" width={210}>
            <Menu.Target>
              <Button variant="default">{query.compare === 'before' ? `Compare: ${before}` : 'Compare: nothing'}</Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<Tick on={query.compare === 'before'} />} onClick={() => show(dropped(search, 'compare'))}>{before}</Menu.Item>
              <Menu.Item leftSection={<Tick on={query.compare === 'none'} />} onClick={() => show({ ...search, compare: 'none' })}>nothing</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <FilterMenu search={search} report={report} onShow={show} />
          {report !== undefined && <TakeAway report={report} query={query} />}
        </div>
      </div>
      <div className={styles['switches']}>
        <SegmentedControl
          size="xs" aria-label="Which answers" value={query.kind} data={[{ value: 'first', label: 'First answer' }, { value: 'next', label: 'Next' }, { value: 'any', label: 'Any' }]}
          onChange={(kind) => show(kind === 'next' || kind === 'any' ? { ...search, kind } : dropped(search, 'kind'))}
        />
        <SegmentedControl
          size="xs" aria-label="Which time" value={query.time} data={[{ value: 'business', label: 'Business hours' }, { value: 'calendar', label: 'Calendar' }]}
          onChange={(time) => show(time === 'calendar' ? { ...search, time } : dropped(search, 'time'))}
        />
        <ZonePicker zone={query.zone} usual={me.workspace.hours.timeZone} onPick={(zone) => show(zone === undefined ? dropped(search, 'zone') : { ...search, zone })} />
        <button type="button" className={styles['zone']} aria-pressed={search.average === 1} onClick={() => show(search.average === 1 ? dropped(search, 'average') : { ...search, average: 1 })}>
          {search.average === 1 && <Check size={12} strokeWidth={2} aria-hidden />}
          Averages
        </button>
        <FilterWords search={search} report={report} onShow={show} />
        {me.agent.role !== 'agent' && (
          <Link to="/reports/staffing" className={styles['aside']}>
            Staffing <ArrowRight size={13} strokeWidth={1.8} aria-hidden />
          </Link>
        )}
      </div>
    </header>
  );
}

function Tick({ on }: { on: boolean }) {
  return <Check size={14} strokeWidth={2} style={{ visibility: on ? 'visible' : 'hidden' }} aria-hidden />;
}

function dropped<T extends object, K extends keyof T>(from: T, key: K): Omit<T, K> {
  const { [key]: _gone, ...rest } = from;
  return rest;
}
