/** Wakes one waiting loop. */
export interface Latch {
  set(): void;
  /** Resolves after `ms`, or at once when it is, or was, set. */
  wait(ms: number): Promise<void>;
}

export function createLatch(): Latch {
  let isSet = false;
  let wake: (() => void) | undefined;
  return {
    set: () => {
      isSet = true;
      wake?.();
    },
    wait: (ms) => new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        wake = undefined;
        isSet = false;
        resolve();
      };
      const timer = setTimeout(done, isSet ? 0 : ms);
      wake = done;
    }),
  };
}
