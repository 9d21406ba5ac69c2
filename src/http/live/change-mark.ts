import type { Clock } from '../../inbox/ports.js';

/**
 * The number a browser may resume from: every change up to it was published. Changes made at once are published in any
 * order, so that the newest number seen is no such mark. A number that does not come within `patienceMs` will not come
 * (one piece of work takes several numbers and publishes the last) and is passed over.
 */
export interface ChangeMark {
  /** A change was published. */
  saw(changeSeq: number): void;
  /** Passes over what is overdue; call it now and then when no notice comes. */
  settle(): void;
  value(): number;
}

export function createChangeMark(start: number, clock: Clock, patienceMs = 3000): ChangeMark {
  let mark = start;
  /** Published, but something below is missing: number → when it was seen. */
  const ahead = new Map<number, number>();

  function settle(): void {
    const now = clock();
    while (ahead.delete(mark + 1)) mark += 1;
    while (ahead.size > 0) {
      const next = Math.min(...ahead.keys());
      if (now - (ahead.get(next) ?? now) < patienceMs) return;
      mark = next;
      ahead.delete(next);
      while (ahead.delete(mark + 1)) mark += 1;
    }
  }

  return {
    saw(changeSeq) {
      if (changeSeq <= mark) return;
      ahead.set(changeSeq, clock());
      settle();
    },
    settle,
    value: () => mark,
  };
}
