import { SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import '../../../components/charts/charts.css';
import { useApi } from '../../../lib/api/api-context.js';
import { useMe } from '../../../lib/cache/use-me.js';
import { useNow } from '../../../lib/time/use-now.js';
import { listWaits } from '../api/list-waits.js';
import { counted } from '../model/lengths.js';
import { pickWords } from '../model/pick-words.js';
import { waitSorts, waitsSearch } from '../model/query.js';
import { ListPage } from './list-page.js';
import { ReceiptItem } from './receipt.js';
import { ReceiptLegend } from './receipt-legend.js';
import { RecomputeButton, RecomputeResult, useRecompute } from './recompute.js';
import { TakeAway } from './take-away.js';
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
  const rows = waits.data?.pages.flatMap((each) => each.items) ?? [];
  const first = waits.data?.pages[0];
  const words = pickWords(pick, { search, clock: query.time, names: { me } });
  return (
    <ListPage
      title={words === '' ? 'Waits' : words} heading={`${first === undefined ? 'Waits' : counted(first.total, 'wait')}${words === '' ? '' : ` ${words}`}${first?.customers === undefined ? '' : `, to ${counted(first.customers, 'customer')}`}`}
      search={search} query={query} now={now} anyTime={pick.split(';').includes('owed:1')} list={waits} shown={rows.length} none="No wait is among these"
      bar={(
        <>
          <SegmentedControl
            size="xs" aria-label="Order" value={sort} data={waitSorts.map((value) => ({ value, label: sortWords[value] }))}
            onChange={(value) => void navigate({ to: '/reports/waits', search: { ...search, ...(pick === '' ? {} : { pick }), ...(value === 'longest' ? {} : { sort: value }) }, replace: true })}
          />
          <span className={styles['gap']} />
          <RecomputeButton again={again} />
          <TakeAway query={query} list={{ what: 'waits', pick }} />
        </>
      )}
      above={(
        <>
          <RecomputeResult again={again} />
          <ReceiptLegend />
        </>
      )}
    >
      {rows.map((receipt) => (
        <ReceiptItem key={receipt.id} receipt={receipt} timeZone={query.zone} now={now} />
      ))}
    </ListPage>
  );
}
