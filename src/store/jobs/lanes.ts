import { Fifo } from './fifo.js';

interface Lane {
  key: string | undefined;
  waiting: Fifo<string>;
  running: boolean;
}

export interface LanesOptions {
  run: (id: string) => Promise<void>;
  concurrency: number;
  laneOf?: ((id: string) => string) | undefined;
  /** Called each time something finished and nothing is left. */
  onIdle: () => void;
}

/**
 * The queue of one kind of job: at most `concurrency` at once, one at a time within a lane, in the order added. An id
 * that already waits is not queued a second time; one that runs is, because it may have read before the change.
 */
export class Lanes {
  private readonly lanes = new Map<string, Lane>();
  private readonly ready = new Fifo<Lane>();
  private readonly queued = new Set<string>();
  private running = 0;
  private woken = false;
  private stopped = false;

  constructor(private readonly options: LanesOptions) {}

  get idle(): boolean {
    return this.running === 0 && this.queued.size === 0;
  }

  add(id: string): void {
    if (this.stopped || this.queued.has(id)) return;
    this.queued.add(id);
    const lane = this.laneFor(id);
    lane.waiting.push(id);
    if (!lane.running && lane.waiting.size === 1) this.ready.push(lane);
    this.wake();
  }

  /** What waits is forgotten, what runs goes on. */
  stop(): void {
    this.stopped = true;
    this.queued.clear();
    this.lanes.clear();
  }

  private laneFor(id: string): Lane {
    const key = this.options.laneOf?.(id);
    if (key === undefined) return { key, waiting: new Fifo(), running: false };
    const known = this.lanes.get(key);
    if (known) return known;
    const lane: Lane = { key, waiting: new Fifo(), running: false };
    this.lanes.set(key, lane);
    return lane;
  }

  /** Jobs never start inside `add`: who adds one has usually not finished its own step. */
  private wake(): void {
    if (this.woken) return;
    this.woken = true;
    queueMicrotask(() => {
      this.woken = false;
      this.fill();
    });
  }

  private fill(): void {
    while (!this.stopped && this.running < this.options.concurrency) {
      const lane = this.ready.shift();
      if (!lane) return;
      const id = lane.waiting.shift();
      if (id !== undefined) this.start(lane, id);
    }
  }

  private start(lane: Lane, id: string): void {
    this.queued.delete(id);
    this.running += 1;
    lane.running = true;
    void this.options.run(id).finally(() => this.ended(lane));
  }

  private ended(lane: Lane): void {
    this.running -= 1;
    lane.running = false;
    if (lane.waiting.size > 0) this.ready.push(lane);
    else if (lane.key !== undefined) this.lanes.delete(lane.key);
    this.fill();
    if (this.idle) this.options.onIdle();
  }
}
