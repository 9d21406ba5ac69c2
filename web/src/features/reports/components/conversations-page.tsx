import { SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useApi } from '../../../lib/api/api-context.js';
import { useNow } from '../../../lib/time/use-now.js';
import { listConversations } from '../api/list-conversations.js';
import { conversationsHeading, conversationsTitle } from '../model/conversation-picks.js';
import { conversationsSearch, conversationSorts } from '../model/query.js';
import { ConversationItem } from './conversation-item.js';
import { ListPage } from './list-page.js';
import { TakeAway } from './take-away.js';
import { useReportNav } from './use-report-nav.js';
import styles from './report-page.module.css';

const sortWords = { newest: 'Newest', oldest: 'Oldest', longest: 'Longest' } as const;

/** The conversations behind a number, each with what it adds to it. */
export function ConversationsPage() {
  const api = useApi();
  const now = useNow(60_000);
  const navigate = useNavigate();
  const { pick = '', sort = 'newest', ...search } = useSearch({ from: '/app/reports/conversations', select: conversationsSearch, structuralSharing: true });
  const { query } = useReportNav(search, now);
  const list = useInfiniteQuery(listConversations(api, { query, pick, sort }));
  const rows = list.data?.pages.flatMap((each) => each.items) ?? [];
  return (
    <ListPage
      title={conversationsTitle(pick)} heading={conversationsHeading(pick, list.data?.pages[0])} search={search} query={query} now={now} list={list} shown={rows.length} none="No conversation is among these"
      bar={(
        <>
          <SegmentedControl
            size="xs" aria-label="Order" value={sort} data={conversationSorts.map((value) => ({ value, label: sortWords[value] }))}
            onChange={(value) => void navigate({ to: '/reports/conversations', search: { ...search, ...(pick === '' ? {} : { pick }), ...(value === 'newest' ? {} : { sort: value }) }, replace: true })}
          />
          <span className={styles['gap']} />
          <TakeAway query={query} list={{ what: 'conversations', pick }} />
        </>
      )}
    >
      {rows.map((row) => (
        <ConversationItem key={row.id} row={row} pick={pick} timeZone={query.zone} now={now} />
      ))}
    </ListPage>
  );
}
