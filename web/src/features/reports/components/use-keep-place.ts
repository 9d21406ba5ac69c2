import { useLayoutEffect, useRef, type RefObject } from 'react';
import { useLocation } from '@tanstack/react-router';

/** Where each visit of a page was scrolled to, by the visit's key in the history. */
const places = new Map<string, number>();

/** Whoever comes back finds the page where they left it. @param ready whether what was shown is there again. */
export function useKeepPlace(ready: boolean): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null);
  const key = useLocation({ select: (location) => location.state.__TSR_key ?? location.href });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null || !ready) return undefined;
    const before = places.get(key);
    if (before !== undefined) element.scrollTop = before;
    const note = () => places.set(key, element.scrollTop);
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [key, ready]);
  return ref;
}
