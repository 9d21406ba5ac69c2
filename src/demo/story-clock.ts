import type { Millis } from '../inbox/model/common.js';
import type { Clock } from '../inbox/ports.js';

export interface StoryClock {
  clock: Clock;
  setNow(now: Millis | undefined): void;
}

/** A clock that can be made to stand still at a time of the story; real time until then and after `setNow(undefined)`. */
export function createStoryClock(real: Clock): StoryClock {
  let standing: Millis | undefined;
  return {
    clock: () => standing ?? real(),
    setNow: (now) => {
      standing = now;
    },
  };
}
