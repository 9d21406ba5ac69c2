import { AppError } from '../../errors.js';

export interface PollLoop {
  /** Resolves when the round that is under way has ended. */
  stop(): Promise<void>;
  /** The next round begins now. */
  poke(): void;
}

/**
 * Calls `round` again and again, `everyMs` apart, one at a time, until stopped. After an error the pause doubles up to
 * `longestMs`; an error whose facts carry `afterMs` says itself how long. `failed` is told every error, and must not throw.
 */
export function startPollLoop(options: { everyMs: number; longestMs?: number; round: () => Promise<void>; failed: (error: unknown) => void }): PollLoop {
  const { everyMs, longestMs = 300_000 } = options;
  let stopped = false;
  let failures = 0;
  let wake: () => void = () => undefined;
  let poked = false;

  const pause = (ms: number): Promise<void> => new Promise((resolve) => {
    if (stopped || poked) return resolve();
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });

  async function run(): Promise<void> {
    while (!stopped) {
      poked = false;
      let waitMs = everyMs;
      try {
        await options.round();
        failures = 0;
      } catch (error) {
        failures += 1;
        options.failed(error);
        waitMs = askedFor(error) ?? Math.min(longestMs, everyMs * 2 ** Math.min(failures, 10));
      }
      await pause(waitMs);
    }
  }

  const running = run();
  return {
    stop: () => {
      stopped = true;
      wake();
      return running;
    },
    poke: () => {
      poked = true;
      wake();
    },
  };
}

function askedFor(error: unknown): number | undefined {
  const afterMs = error instanceof AppError ? error.facts['afterMs'] : undefined;
  return typeof afterMs === 'number' ? afterMs : undefined;
}
