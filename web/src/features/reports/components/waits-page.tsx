import { useEffect, useRef } from 'react';
import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft, ListChecks } from 'lucide-react';
import '../../../components/charts/charts.css';
import { Empty } from '../../../components/notice.js';
import { RowSkeletons } from '../../../components/skeleton.js';
import { useApi } from '../../../lib/api/api-context.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { ReceiptPage } from '../../../lib/shapes.js';
import { useNow } from '../../../lib/time/use-now.js';
import { listWaits } from '../api/list-waits.js';
import { headline } from '../model/headline.js';
import { counted } from '../model/lengths.js';
import { dayIn } from '../model/period.js';
import { pickWords } from '../model/pick-words.js';
import { waitSorts, waitsSearch } from '../model/query.js';
import { PrintLine } from './print-line.js';
import { ReceiptItem } from './receipt.js';
import { ReceiptLegend } from './receipt-legend.js';
import { RecomputeButton, RecomputeResult, useRecompute } from './recompute.js';
import { Refused } from './reports-page.js';
import { TakeAway } from './take-away.js';
import { useKeepPlace } from './use-keep-place.js';
import { useReportNav } from './use-report-nav.js';
import styles from './report-page.module.css';

const sortWords = { longest: 'Longest', newest: 'Newest', oldest: 'Oldest' } as const;

/** The waits behind a number, each with its clock. */
export function WaitsPage() {
  const api = useApi();
  const me = useMe();
  const now = useNow(60_000);
  const navigate = useNavigate();
  const { pick = '', sort = 'longest', ...search } = useSearch({ from: '/app/reports/waits', select: waitsSearch, structuralSharing: true });
  const { query } = useReportNav(search, now);
  const waits = useInfiniteQuery(listWaits(api, { query, pick, sort }));
  const again = useRecompute(query, pick);
  const page = useKeepPlace(waits.data !== undefined);
  const rows = waits.data?.pages.flatMap((each) => each.items) ?? [];
  const total = waits.data?.pages[0]?.total;
  const words = pickWords(pick, { search, clock: query.time, names: { me } });
  useEffect(() => {
    document.title = `${words === '' ? 'Waits' : words} · Rapport`;
  }, [words]);
  return (
    <main ref={page} className={styles['page']} aria-busy={waits.isFetching}>
      <div className={`${styles['sheet'] ?? ''} ${styles['waits'] ?? ''}`}>
        <Link to="/reports" search={search} className={styles['back']}>
          <ArrowLeft size={14} strokeWidth={1.8} aria-hidden />
          Response times
        </Link>
        <div className={styles['head']}>
          <h1>
            {total === undefined ? 'Waits' : counted(total, 'wait')}
            {words === '' ? '' : ` ${words}`}
          </h1>
          <p>{headline(search, { query, me, today: dayIn(now, query.zone), anyTime: pick.split(';').includes('owed:1') })}</p>
        </div>
        <PrintLine query={query} now={now} />
        {waits.error !== null ? (
          <Refused error={waits.error} onRetry={() => void waits.refetch()} />
        ) : waits.data === undefined ? (
          <RowSkeletons count={7} />
        ) : rows.length === 0 ? (
          <Empty icon={<ListChecks size={22} strokeWidth={1.6} />} title="No wait is among these">
            The figures may have changed since this address was made. Response times shows how they are now.
          </Empty>
        ) : (
          <>
            <div className={styles['bar']}>
              <SegmentedControl
                size="xs" aria-label="Order" value={sort} data={waitSorts.map((value) => ({ value, label: sortWords[value] }))}
                onChange={(value) => void navigate({ to: '/reports/waits', search: { ...search, ...(pick === '' ? {} : { pick }), ...(value === 'longest' ? {} : { sort: value }) }, replace: true })}
              />
              <span className={styles['gap']} />
              <RecomputeButton again={again} />
              <TakeAway query={query} pick={pick} />
            </div>
            <RecomputeResult again={again} />
            <ReceiptLegend />
            <div data-stale={waits.isPlaceholderData || undefined}>
              {rows.map((receipt) => (
                <ReceiptItem key={receipt.id} receipt={receipt} timeZone={query.zone} now={now} />
              ))}
            </div>
            <More waits={waits} shown={rows.length} />
          </>
        )}
      </div>
    </main>
  );
}

/** The next page comes as soon as its place is near. */
function More({ waits, shown }: { waits: UseInfiniteQueryResult<InfiniteData<ReceiptPage>>; shown: number }) {
  const ref = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = waits;
  useEffect(() => {
    const element = ref.current;
    if (element === null || !hasNextPage || isFetchingNextPage) return undefined;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && void fetchNextPage(), { rootMargin: '600px' });
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, shown]);
  return (
    <div ref={ref} className={styles['more']}>
      {hasNextPage ? (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          More
        </Button>
      ) : shown === 1 ? (
        'That is the only one.'
      ) : (
        `That is all: ${shown}.`
      )}
    </div>
  );
}
