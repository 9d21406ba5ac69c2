import type { Millis } from '../inbox/model/common.js';
import type { Clock } from '../inbox/ports.js';

export interface StoryClock {
  clock: Clock;
  setNow(now: Millis | undefined): void;
}

/**
 * A clock that can be set to a time of the story; real time until then and after `setNow(undefined)`. In the story a
 * millisecond passes each time somebody looks at it, so that what follows from a message is later than the message.
 */
export function createStoryClock(real: Clock): StoryClock {
  let told: Millis | undefined;
  return {
    clock: () => {
      if (told === undefined) return real();
      told += 1;
      return told;
    },
    setNow: (now) => {
      told = now;
    },
  };
}
