import { useState, type KeyboardEvent } from 'react';

interface Arrows {
  /** The place that is in tab order. */
  at: number;
  setAt: (at: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/**
 * One stop in tab order for many links, moved by the arrow keys: left and right by one, up and down by `row` (a chart of one
 * row moves by one too), Home and End to the ends. The links carry `data-place` with their number.
 */
export function useArrows(count: number, row = 1): Arrows {
  const [kept, setAt] = useState(0);
  const at = Math.min(kept, Math.max(0, count - 1));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const steps: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - row, ArrowDown: at + row, Home: row === 1 ? 0 : at - (at % row), End: row === 1 ? count - 1 : at - (at % row) + row - 1 };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (next < 0 || next >= count) return;
    setAt(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus();
  };
  return { at, setAt, onKeyDown };
}
