import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { findRow } from '../../../lib/cache/patch.js';
import type { ViewName } from '../../../lib/cache/rows.js';
import type { ConversationRow, Page } from '../../../lib/shapes.js';
import { keepPlace, shiftOf } from '../model/keep-place.js';

interface Input {
  data: InfiniteData<Page<ConversationRow>> | undefined;
  view: ViewName;
  selectedId: string | undefined;
  scroller: RefObject<HTMLDivElement | null>;
  rowHeight: number;
}

const none: ReadonlySet<string> = new Set();
const freshMs = 2600;

/**
 * The rows to show, and where to keep them: the selected one does not move, and what is in view stays where it is when
 * something comes in above while somebody points at the list or has scrolled.
 */
export function useShownRows({ data, view, selectedId, scroller, rowHeight }: Input) {
  const client = useQueryClient();
  const shown = useRef<{ view: ViewName; rows: readonly ConversationRow[] }>({ view, rows: [] });
  const [fresh, setFresh] = useState<ReadonlySet<string>>(none);
  const [above, setAbove] = useState(0);
  // Also while it is in no list any more: as the opened conversation has it.
  const held = useSyncExternalStore(
    useCallback((tell: () => void) => client.getQueryCache().subscribe(tell), [client]),
    () => (selectedId === undefined ? undefined : findRow(client, selectedId)),
  );
  const rows = useMemo(() => {
    const next = data?.pages.flatMap((page) => page.items) ?? [];
    const before = shown.current.view === view ? shown.current.rows : [];
    return keepPlace(before, next, held);
  }, [data, view, held]);

  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { view, rows };
    const element = scroller.current;
    if (before.view !== view || before.rows.length === 0 || element === null) {
      if (before.view !== view && element !== null) element.scrollTop = 0;
      setAbove(0);
      return;
    }
    const shift = shiftOf(before.rows, rows, Math.floor(element.scrollTop / rowHeight));
    const still = element.scrollTop > 0 || element.matches(':hover');
    if (shift !== 0 && still) {
      element.dataset['still'] = '';
      element.scrollTop += shift * rowHeight;
      requestAnimationFrame(() => delete element.dataset['still']);
      if (shift > 0) setAbove((count) => count + shift);
    }
    const known = new Set(before.rows.map((row) => row.id));
    const added = rows.filter((row) => !known.has(row.id));
    // A whole page is the next one, not news.
    if (added.length > 0 && added.length < 10) setFresh(new Set(added.map((row) => row.id)));
  }, [rows, view, scroller, rowHeight]);

  useEffect(() => {
    if (fresh.size === 0) return undefined;
    const timer = setTimeout(() => setFresh(none), freshMs);
    return () => clearTimeout(timer);
  }, [fresh]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null || above === 0) return undefined;
    const onScroll = () => element.scrollTop < rowHeight / 2 && setAbove(0);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [above, scroller, rowHeight]);

  return { rows, fresh, above, toTop: () => scroller.current?.scrollTo({ top: 0, behavior: 'smooth' }) };
}
