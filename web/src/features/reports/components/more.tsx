import { useEffect, useRef } from 'react';
import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import styles from './report-page.module.css';

/** The next page comes as soon as its place is near. */
export function More({ list, shown }: { list: UseInfiniteQueryResult<InfiniteData<unknown>>; shown: number }) {
  const ref = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
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
