/** Something may have happened: set from anywhere, waited for in one place. A set that came before the wait counts. */
export interface Latch {
  set(): void;
  /** What was set before counts no more. */
  clear(): void;
  /** Resolves when set, at the latest after `ms`; takes the set with it. */
  wait(ms: number): Promise<void>;
}

export function createLatch(): Latch {
  let isSet = false;
  let waiting: (() => void) | undefined;
  return {
    set: () => {
      isSet = true;
      waiting?.();
    },
    clear: () => {
      isSet = false;
    },
    wait: async (ms) => {
      if (!isSet) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          waiting = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        waiting = undefined;
      }
      isSet = false;
    },
  };
}
