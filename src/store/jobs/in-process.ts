import { AppError, messageOf } from '../../errors.js';
import type { JobKind, Jobs } from '../../inbox/ports.js';
import { Lanes } from './lanes.js';

export interface JobsLog {
  error(facts: object, text: string): void;
}

const defaultConcurrency = 16;
/** Node fires a longer timeout at once. */
const longestTimeoutMs = 2 ** 31 - 1;

/**
 * `Jobs` inside this process. Nothing is kept over a restart: the store knows what is to be done, and the sweeper adds
 * it again. A handler that throws is logged with kind and id, and the next job runs. Lanes are per kind. Jobs added
 * before their handler wait for it. An id that already waits is not queued twice; `idle` does not wait for delays.
 */
export function createInProcessJobs(options: { log: JobsLog }): Jobs {
  return new InProcessJobs(options.log);
}

class InProcessJobs implements Jobs {
  private readonly lanes = new Map<JobKind, Lanes>();
  private readonly early = new Map<JobKind, Set<string>>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private waiters: (() => void)[] = [];
  private stopped = false;

  constructor(private readonly log: JobsLog) {}

  add(kind: JobKind, id: string, options: { delayMs?: number } = {}): void {
    if (this.stopped) return;
    const delayMs = options.delayMs ?? 0;
    if (delayMs > 0) return this.later(kind, id, delayMs);
    const lanes = this.lanes.get(kind);
    if (lanes) return lanes.add(id);
    const early = this.early.get(kind) ?? new Set<string>();
    this.early.set(kind, early.add(id));
  }

  handle(kind: JobKind, handler: (id: string) => Promise<void>, options: { concurrency?: number; laneOf?: (id: string) => string } = {}): void {
    if (this.lanes.has(kind)) throw new AppError('bug', `jobs of kind "${kind}" have a handler already`);
    const lanes = new Lanes({
      run: (id) => this.run(kind, id, handler),
      concurrency: options.concurrency ?? defaultConcurrency,
      laneOf: options.laneOf,
      onIdle: () => this.tellWaiters(),
    });
    this.lanes.set(kind, lanes);
    for (const id of this.early.get(kind) ?? []) lanes.add(id);
    this.early.delete(kind);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.early.clear();
    for (const lanes of this.lanes.values()) lanes.stop();
    await this.idle();
  }

  idle(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  private isIdle(): boolean {
    return [...this.lanes.values()].every((lanes) => lanes.idle);
  }

  private tellWaiters(): void {
    if (!this.isIdle()) return;
    const waiters = this.waiters;
    this.waiters = [];
    for (const resolve of waiters) resolve();
  }

  private async run(kind: JobKind, id: string, handler: (id: string) => Promise<void>): Promise<void> {
    try {
      await handler(id);
    } catch (error) {
      this.log.error({ kind, id, error: messageOf(error), ...(error instanceof Error ? { stack: error.stack } : {}) }, 'job failed');
    }
  }

  private later(kind: JobKind, id: string, delayMs: number): void {
    const stepMs = Math.min(delayMs, longestTimeoutMs);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.add(kind, id, { delayMs: delayMs - stepMs });
    }, stepMs);
    timer.unref();
    this.timers.add(timer);
  }
}
