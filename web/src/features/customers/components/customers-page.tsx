import { useEffect, useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Search, UsersRound } from 'lucide-react';
import { Avatar } from '../../../components/avatar.js';
import { Waited } from '../../../components/clock.js';
import { Empty, Failed } from '../../../components/notice.js';
import { RowSkeletons } from '../../../components/skeleton.js';
import { useApi } from '../../../lib/api/api-context.js';
import { useKeys } from '../../../lib/keys/use-keys.js';
import type { CustomerRow } from '../../../lib/shapes.js';
import { ago } from '../../../lib/time/format.js';
import { useNow } from '../../../lib/time/use-now.js';
import { listCustomers } from '../api/list-customers.js';
import styles from './customers-page.module.css';

const restMs = 220;

/** Everybody who ever wrote. */
export function CustomersPage() {
  const api = useApi();
  const navigate = useNavigate();
  const { q = '' } = useSearch({ from: '/app/customers' });
  const [text, setText] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  const now = useNow();
  const query = useInfiniteQuery(listCustomers(api, q));
  useEffect(() => {
    document.title = 'Customers · Rapport';
  }, []);
  useEffect(() => {
    if (text.trim() === q) return undefined;
    const timer = setTimeout(() => void navigate({ to: '/customers', search: text.trim() === '' ? {} : { q: text.trim() }, replace: true }), restMs);
    return () => clearTimeout(timer);
  }, [text, q, navigate]);
  useKeys([{ key: 'f', label: 'Find a customer', group: 'List', run: () => field.current?.focus() }]);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <main className={styles['page']}>
      <header className={styles['head']}>
        <h1>Customers</h1>
        <div className={styles['field']}>
          <Search size={15} strokeWidth={1.8} aria-hidden />
          <input ref={field} type="search" value={text} placeholder="Name, e-mail or phone" aria-label="Find a customer" onChange={(event) => setText(event.target.value)} />
        </div>
      </header>
      <div className={styles['list']}>
        {query.error !== null ? (
          <Failed error={query.error} what="The list" onRetry={() => void query.refetch()} />
        ) : query.data === undefined ? (
          <RowSkeletons count={10} />
        ) : rows.length === 0 ? (
          <Empty icon={<UsersRound size={22} strokeWidth={1.6} />} title={q === '' ? 'Nobody has written yet' : 'Nobody is called that'}>
            {q === '' ? 'Everybody who writes on any channel appears here, with all that they said.' : 'Part of a name, an address or a number is enough.'}
          </Empty>
        ) : (
          <>
            <ul>
              {rows.map((row) => (
                <Row key={row.id} row={row} now={now} />
              ))}
            </ul>
            {query.hasNextPage && (
              <Button variant="default" m={16} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                More
              </Button>
            )}
          </>
        )}
      </div>
    </main>
  );
}

function Row({ row, now }: { row: CustomerRow; now: number }) {
  return (
    <li>
      <Link to="/customers/$customerId" params={{ customerId: row.id }} className={styles['row']}>
        <Avatar name={row.name} size={32} />
        <span className={styles['name']}>{row.name}</span>
        <span className={styles['tags']}>{row.tags.slice(0, 3).join(', ')}</span>
        <span className={styles['count']}>
          {row.conversationCount} {row.conversationCount === 1 ? 'conversation' : 'conversations'}
        </span>
        <span className={styles['when']}>{row.waitingSince === undefined ? ago(row.lastSeenAt, now) : <Waited since={row.waitingSince} now={now} />}</span>
      </Link>
    </li>
  );
}
