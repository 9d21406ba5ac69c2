import { useState } from 'react';
import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { Empty, Failed, Waiting } from '../../../components/notice.js';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { LedgerEntry } from '../../../lib/shapes.js';
import { dayWords, fullDate, timeOfDay } from '../../../lib/time/format.js';
import { decideLedgerEntry, listLedger } from '../api/ledger.js';
import { SettingsPage } from './form.js';
import styles from './form.module.css';

type Filter = LedgerEntry['state'] | 'all';

const filters: readonly { value: Filter; label: string }[] = [
  { value: 'failed', label: 'Failed' },
  { value: 'ignored', label: 'Ignored' },
  { value: 'applied', label: 'Applied' },
  { value: 'all', label: 'All' },
];
const tones = { failed: 'bad', ignored: undefined, applied: 'ok', received: 'warn' } as const;
const nothing: Readonly<Record<Filter, { title: string; text: string }>> = {
  failed: { title: 'Nothing has failed', text: 'What came in and could not be applied would stand here, with the reason, to be tried again or set aside.' },
  ignored: { title: 'Nothing was ignored', text: 'Automatic answers, bounces and the like stand here with the reason.' },
  applied: { title: 'Nothing has come in yet', text: 'Every message that arrives on any channel stands here.' },
  received: { title: 'Nothing is waiting', text: 'What has been taken and is not yet applied stands here.' },
  all: { title: 'Nothing has come in yet', text: 'Every event from every channel stands here, with what became of it.' },
};

/** Every event that any channel brought, and what became of it. Nothing is lost in silence. */
export function LedgerPage() {
  const api = useApi();
  const [filter, setFilter] = useState<Filter>('failed');
  const query = useInfiniteQuery(listLedger(api, filter));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <SettingsPage title="Ledger" lead="Every event that a channel brought is written down before it is acknowledged. Here is what became of each.">
      <div>
        <SegmentedControl aria-label="Which events" value={filter} onChange={(value) => setFilter(filters.find((other) => other.value === value)?.value ?? 'all')} data={filters.map(({ value, label }) => ({ value, label }))} />
      </div>
      {query.error !== null ? (
        <Failed error={query.error} what="The ledger" onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Waiting what="Loading" />
      ) : items.length === 0 ? (
        <Empty icon={<ListChecks size={22} strokeWidth={1.6} />} title={nothing[filter].title}>
          {nothing[filter].text}
        </Empty>
      ) : (
        <ul className={styles['list']}>
          {items.map((entry) => (
            <Line key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className={styles['bar']}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Older
          </Button>
        </div>
      )}
    </SettingsPage>
  );
}

function Line({ entry }: { entry: LedgerEntry }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const me = useMe();
  const decide = useMutation({
    mutationFn: (to: 'replay' | 'discard') => decideLedgerEntry(api, entry.id, to),
    onSuccess: async (after) => {
      toast({ text: after.state === 'applied' ? 'It is applied now.' : after.state === 'failed' ? `It failed again: ${after.reason ?? 'no reason given'}` : 'Done.', ...(after.state === 'failed' ? { tone: 'bad' as const } : {}) });
      await client.invalidateQueries({ queryKey: ['ledger'] });
    },
    onError: (error) => toast({ text: wordsOf(error), tone: 'bad' }),
  });
  const channel = me.channels.find((other) => other.id === entry.channelId)?.name ?? 'a channel that is gone';
  const tries = entry.attempts > 1 ? `, ${entry.attempts} tries` : '';
  return (
    <li>
      <div className={styles['item']}>
        <span className={styles['badge']} data-tone={tones[entry.state]}>
          {entry.state}
        </span>
        <div className={styles['words']}>
          <b title={entry.id}>{entry.reason ?? channel}</b>
          <small title={fullDate(entry.receivedAt)}>
            {entry.reason === undefined ? '' : `${channel}, `}
            {dayWords(entry.receivedAt, Date.now())} {timeOfDay(entry.receivedAt)}
            {tries}
          </small>
        </div>
        {entry.state === 'failed' && (
          <>
            <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate('replay')}>
              Try again
            </Button>
            <Button variant="default" disabled={decide.isPending} onClick={() => decide.mutate('discard')}>
              Set aside
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
