import { useCallback, useEffect, useRef } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp, Inbox } from 'lucide-react';
import { Empty, Failed } from '../../../components/notice.js';
import { RowSkeletons } from '../../../components/skeleton.js';
import { useApi } from '../../../lib/api/api-context.js';
import type { ViewName } from '../../../lib/cache/rows.js';
import type { Me } from '../../../lib/shapes.js';
import { hoursFor } from '../../../lib/time/open-hours.js';
import { useNow } from '../../../lib/time/use-now.js';
import { listConversations } from '../api/list-conversations.js';
import { emptyWords } from '../model/views.js';
import { ConversationRow } from './conversation-row.js';
import { useShownRows } from './use-shown-rows.js';
import { useListKeys } from './use-list-keys.js';
import styles from './conversation-list.module.css';

interface ListProps {
  view: ViewName;
  selectedId: string | undefined;
  me: Me;
  compact: boolean;
  rowHeight: number;
  /** Somebody is about to open it. */
  onIntent: (id: string) => void;
}

/** The rows of a view: virtual, paged as one scrolls, and still while somebody works on them. */
export function ConversationList({ view, selectedId, me, compact, rowHeight, onIntent }: ListProps) {
  const api = useApi();
  const query = useInfiniteQuery(listConversations(api, view));
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow();
  const { rows, fresh, above, toTop } = useShownRows({ data: query.data, view, selectedId, scroller, rowHeight });
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8, getItemKey: (index) => rows[index]?.id ?? index });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const show = useCallback((index: number) => virtual.scrollToIndex(index, { align: 'auto' }), [virtual]);
  useListKeys({ rows, view, selectedId, show });
  const shownFirst = useRef(false);
  useEffect(() => {
    if (shownFirst.current || rows.length === 0) return;
    shownFirst.current = true;
    const at = rows.findIndex((row) => row.id === selectedId);
    if (at > 0) show(at);
  }, [rows, selectedId, show]);

  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= rows.length - 12) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, rows.length]);

  if (query.data === undefined) {
    if (query.error !== null) return <Failed error={query.error} what="The list" onRetry={() => void query.refetch()} />;
    return <RowSkeletons count={8} />;
  }
  if (rows.length === 0) return <NothingHere view={view} />;
  const names = new Map(me.agents.map((agent) => [agent.id, agent.name]));
  return (
    <>
      {above > 0 && (
        <button type="button" className={styles['above']} onClick={toTop}>
          <ArrowUp size={13} aria-hidden /> {above} new
        </button>
      )}
      <div ref={scroller} className={styles['scroller']} data-testid="conversation-list">
        <ul className={styles['rows']} style={{ height: virtual.getTotalSize() }} aria-label="Conversations">
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <ConversationRow
                key={row.id}
                row={row}
                view={view}
                selected={row.id === selectedId}
                fresh={fresh.has(row.id)}
                compact={compact}
                agentId={me.agent.id}
                ownerName={row.assigneeId === undefined ? undefined : (names.get(row.assigneeId) ?? 'Somebody')}
                hours={hoursFor(me, row.teamId)}
                now={now}
                position={{ index: item.index, of: rows.length }}
                style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
                onIntent={onIntent}
              />
            );
          })}
        </ul>
        {query.isFetchingNextPage && <RowSkeletons count={2} />}
      </div>
    </>
  );
}

function NothingHere({ view }: { view: ViewName }) {
  const words = emptyWords(view);
  return (
    <Empty icon={<Inbox size={22} strokeWidth={1.6} />} title={words.title}>
      {words.text}
    </Empty>
  );
}
