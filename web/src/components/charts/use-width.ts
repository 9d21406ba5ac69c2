import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** The width of an element in CSS pixels, told again when it changes; `assumed` until it is known. */
export function useWidth<T extends Element>(assumed: number): [RefObject<T | null>, number] {
  const ref = useRef<T>(null);
  const [width, setWidth] = useState(assumed);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const take = (next: number) => next > 0 && setWidth(Math.round(next));
    take(element.getBoundingClientRect().width);
    const observer = new ResizeObserver(([entry]) => entry !== undefined && take(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
