import { useEffect, useRef, useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search, X } from 'lucide-react';
import { Button } from '@mantine/core';
import { Empty, Failed, Waiting } from '../../../components/notice.js';
import { useApi } from '../../../lib/api/api-context.js';
import { useKeys } from '../../../lib/keys/use-keys.js';
import { searchMessages } from '../api/search-messages.js';
import { filtersIn, withFilter, withoutFilter } from '../model/query-parts.js';
import { SearchHit } from './search-hit.js';
import { SearchHelp } from './search-help.js';
import styles from './search-page.module.css';

const restMs = 220;

/** Search over all history. What is searched for is in the URL. */
export function SearchPage() {
  const api = useApi();
  const navigate = useNavigate();
  const { q = '' } = useSearch({ from: '/app/search' });
  const [text, setText] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  const results = useInfiniteQuery(searchMessages(api, q));
  useEffect(() => {
    document.title = q === '' ? 'Search · Rapport' : `${q} · Search`;
  }, [q]);
  useEffect(() => setText(q), [q]);
  useEffect(() => {
    if (text.trim() === q) return undefined;
    const timer = setTimeout(() => void navigate({ to: '/search', search: text.trim() === '' ? {} : { q: text.trim() }, replace: true }), restMs);
    return () => clearTimeout(timer);
  }, [text, q, navigate]);
  const hits = results.data?.pages.flatMap((page) => page.hits) ?? [];
  const notice = results.data?.pages[0]?.notice;
  const move = (by: 1 | -1) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-hit]')];
    const at = links.findIndex((link) => link === document.activeElement);
    links[at < 0 ? (by === 1 ? 0 : links.length - 1) : at + by]?.focus();
  };
  useKeys([
    { key: 'j', label: 'Next hit', group: 'List', run: () => move(1) },
    { key: 'k', label: 'Previous hit', group: 'List', run: () => move(-1) },
    { key: '/', label: 'Search', group: 'Go to', run: () => field.current?.select() },
    { key: 'escape', label: 'Leave the field', group: 'Writing', inFields: true, run: () => field.current?.blur() },
  ]);
  const begin = (start: string) => {
    setText(withFilter(text, start));
    field.current?.focus();
  };
  return (
    <main className={styles['page']}>
      <div className={styles['top']}>
        <div className={styles['field']}>
          <Search size={17} strokeWidth={1.8} aria-hidden />
          <input ref={field} autoFocus type="search" value={text} aria-label="Search all messages" placeholder="Search everything that was ever said" onChange={(event) => setText(event.target.value)} onKeyDown={(event) => event.key === 'ArrowDown' && move(1)} />
        </div>
        <Chips query={text} onQuery={setText} />
      </div>
      <div className={styles['results']}>
        {notice !== undefined && <p className={styles['notice']}>{notice}</p>}
        {q === '' ? (
          <SearchHelp onBegin={begin} />
        ) : results.error !== null ? (
          <Failed error={results.error} what="The search" onRetry={() => void results.refetch()} />
        ) : results.data === undefined ? (
          <Waiting what="Searching" />
        ) : hits.length === 0 ? (
          <Nothing onBegin={begin} />
        ) : (
          <>
            <ol className={styles['hits']} data-old={results.isPlaceholderData || undefined} aria-label="Hits, newest first">
              {hits.map((hit) => (
                <SearchHit key={hit.message.id} hit={hit} />
              ))}
            </ol>
            {results.hasNextPage ? (
              <Button variant="default" loading={results.isFetchingNextPage} onClick={() => void results.fetchNextPage()}>
                Older hits
              </Button>
            ) : (
              <p className={styles['end']}>{hits.length === 1 ? 'That is the only one.' : `That is all: ${hits.length} messages.`}</p>
            )}
          </>
        )}
      </div>
    </main>
  );
}

function Chips({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  const filters = filtersIn(query);
  if (filters.length === 0) return null;
  return (
    <ul className={styles['chips']} aria-label="Filters">
      {filters.map((filter) => (
        <li key={filter.raw}>
          {filter.label}
          <button type="button" aria-label={`Remove: ${filter.label}`} onClick={() => onQuery(withoutFilter(query, filter.raw))}>
            <X size={12} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Nothing({ onBegin }: { onBegin: (start: string) => void }) {
  return (
    <>
      <Empty icon={<Search size={22} strokeWidth={1.6} />} title="Nothing was ever said like that">
        Fewer words find more; a star at the end of a word finds every ending.
      </Empty>
      <SearchHelp onBegin={onBegin} />
    </>
  );
}
