/**
 * Runs tasks with the same key one after the other, in the order given; different keys do not wait for each other.
 * It orders what happens in one process; across processes the guards in the store decide.
 */
export class Lanes {
  private readonly tails = new Map<string, Promise<unknown>>();

  run<R>(key: string, task: () => Promise<R>): Promise<R> {
    const before = this.tails.get(key);
    const mine = before === undefined ? task() : before.then(task, task);
    this.tails.set(key, mine);
    const forget = (): void => {
      if (this.tails.get(key) === mine) this.tails.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  }

  /** Resolves when no lane has anything to do; for tests and orderly shutdown. */
  async idle(): Promise<void> {
    while (this.tails.size > 0) await Promise.allSettled(this.tails.values());
  }
}
