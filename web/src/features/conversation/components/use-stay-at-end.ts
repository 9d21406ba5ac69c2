import { useEffect, type RefObject } from 'react';

const nearPx = 60;

/** When the room grows or shrinks (the composer gets taller, a keyboard comes up) and the end was in view, it stays in view. */
export function useStayAtEnd(scroller: RefObject<HTMLElement | null>, ready: boolean): void {
  useEffect(() => {
    const element = scroller.current;
    if (element === null || !ready) return undefined;
    let atEnd = true;
    let height = element.clientHeight;
    const look = () => {
      // A scroll that a change of height brought about says nothing about where the reader wanted to be.
      if (element.clientHeight === height) atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    };
    const observer = new ResizeObserver(() => {
      height = element.clientHeight;
      if (atEnd) element.scrollTop = element.scrollHeight;
    });
    look();
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, ready]);
}
