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

interface Seen {
  changeSeq: number;
  at: number;
}

/** Each call costs the same however many numbers are missing: under load that is one in every few. */
export function createChangeMark(start: number, clock: Clock, patienceMs = 3000): ChangeMark {
  let mark = start;
  /** Published, but something below is missing; ascending. */
  let ahead: Seen[] = [];
  /** Of `ahead`, so many at the beginning are done with. */
  let done = 0;

  function settle(): void {
    const now = clock();
    for (;;) {
      const next = ahead[done];
      if (next === undefined || (next.changeSeq > mark + 1 && now - next.at < patienceMs)) break;
      mark = Math.max(mark, next.changeSeq);
      done += 1;
    }
    if (done * 2 > ahead.length) {
      ahead = ahead.slice(done);
      done = 0;
    }
  }

  return {
    saw(changeSeq) {
      if (changeSeq <= mark) return;
      let place = ahead.length;
      while (place > done && (ahead[place - 1]?.changeSeq ?? 0) > changeSeq) place -= 1;
      ahead.splice(place, 0, { changeSeq, at: clock() });
      settle();
    },
    settle,
    value: () => mark,
  };
}
