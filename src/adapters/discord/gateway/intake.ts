/** A queue with one worker. */
export interface Intake<T> {
  push(item: T): void;
  /** Resolves when the item under work is done; the rest is forgotten. */
  close(): Promise<void>;
  readonly waiting: number;
}

/**
 * Works on items in order, in batches of at most `batchMax`. After an error nothing more is taken: what was not done is
 * still to be had from where the items came from. `failed` is told once.
 */
export function createIntake<T>(options: { batchMax: number; work: (batch: T[]) => Promise<void>; failed: (error: unknown) => void }): Intake<T> {
  const queue: T[] = [];
  let isClosed = false;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    try {
      while (queue.length > 0 && !isClosed) await options.work(queue.splice(0, options.batchMax));
    } catch (error) {
      isClosed = true;
      options.failed(error);
    } finally {
      running = undefined;
    }
  }

  return {
    push: (item) => {
      if (isClosed) return;
      queue.push(item);
      running ??= Promise.resolve().then(run);
    },
    close: async () => {
      isClosed = true;
      queue.length = 0;
      await running;
    },
    get waiting() {
      return queue.length;
    },
  };
}
