import { useEffect, type ReactNode } from 'react';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ListChecks } from 'lucide-react';
import { Empty } from '../../../components/notice.js';
import { RowSkeletons } from '../../../components/skeleton.js';
import { useMe } from '../../../lib/cache/use-me.js';
import { headline } from '../model/headline.js';
import { dayIn } from '../model/period.js';
import type { ReportQuery, ReportSearch } from '../model/query.js';
import { More } from './more.js';
import { PrintLine } from './print-line.js';
import { Refused } from './reports-page.js';
import { useKeepPlace } from './use-keep-place.js';
import styles from './report-page.module.css';

interface ListPageProps {
  /** Of the tab. */
  title: string;
  heading: string;
  /** The report that the list is of. */
  search: ReportSearch;
  query: ReportQuery;
  now: number;
  /** What is listed has nothing to do with the period. */
  anyTime?: boolean;
  list: UseInfiniteQueryResult<InfiniteData<unknown>>;
  shown: number;
  /** "No wait is among these" */
  none: string;
  /** What can be done with the list; its order first. */
  bar: ReactNode;
  /** Between the bar and the rows. */
  above?: ReactNode;
  /** The rows. */
  children: ReactNode;
}

/** What is behind a number of the report: whose and of when, the way back, and the rows, more of them as they are needed. */
export function ListPage({ title, heading, search, query, now, anyTime = false, list, shown, none, bar, above, children }: ListPageProps) {
  const me = useMe();
  const page = useKeepPlace(list.data !== undefined);
  useEffect(() => {
    document.title = `${title} · Rapport`;
  }, [title]);
  return (
    <main ref={page} className={styles['page']} aria-busy={list.isFetching}>
      <div className={`${styles['sheet'] ?? ''} ${styles['waits'] ?? ''}`}>
        <Link to="/reports" search={search} className={styles['back']}>
          <ArrowLeft size={14} strokeWidth={1.8} aria-hidden />
          Response times
        </Link>
        <div className={styles['head']}>
          <h1>{heading}</h1>
          <p>{headline(search, { query, me, today: dayIn(now, query.zone), anyTime })}</p>
        </div>
        <PrintLine query={query} now={now} />
        {list.error !== null ? (
          <Refused error={list.error} onRetry={() => void list.refetch()} />
        ) : list.data === undefined ? (
          <RowSkeletons count={7} />
        ) : shown === 0 ? (
          <Empty icon={<ListChecks size={22} strokeWidth={1.6} />} title={none}>
            The figures may have changed since this address was made. Response times shows how they are now.
          </Empty>
        ) : (
          <>
            <div className={styles['bar']}>{bar}</div>
            {above}
            <div data-stale={list.isPlaceholderData || undefined}>{children}</div>
            <More list={list} shown={shown} />
          </>
        )}
      </div>
    </main>
  );
}
