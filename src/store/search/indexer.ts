import { setImmediate as nextTurn, setTimeout as rest } from 'node:timers/promises';
import { messageOf } from '../../errors.js';
import type { EmbeddedEngine, RawSql } from '../embedded/raw-sql.js';
import type { Pending, PendingRow } from './pending.js';
import { buildSegment } from './segments/build.js';
import { batchSize } from './segments/merge-policy.js';
import { Merger } from './segments/merger.js';
import type { SegmentStore } from './segments/store.js';

export interface SearchLog {
  error(facts: object, text: string): void;
}

const largestBatch = 1_024;
const retryMs = 5_000;
/** After a step of merging it rests this many times as long as the step took: merging is never urgent, and requests are. */
const restTimes = 3;

/**
 * Moves pending entries into segments, as soon as there are enough for one, and merges segments: in the background, in
 * steps of a millisecond or two with rests between, never inside somebody's write.
 */
export class Indexer {
  private readonly merger: Merger;
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly engine: EmbeddedEngine,
    private readonly pending: Pending,
    private readonly store: SegmentStore,
    private readonly log: SearchLog,
  ) {
    this.merger = new Merger(store);
  }

  /** There may be something to do. */
  wake(): void {
    if (this.stopped || this.running || this.timer || !this.hasWork()) return;
    this.running = this.run().finally(() => {
      this.running = undefined;
      this.wake();
    });
  }

  /** Resolves when nothing is pending and nothing is left to merge; without rests, for those who wait for it. */
  async drain(): Promise<void> {
    while (this.pending.size > 0) await this.moveBatch();
    while (!this.stopped && this.merger.hasWork) {
      await this.mergeStep();
      await nextTurn();
    }
  }

  /** A commit failed, or everything was cleared: what is in memory may be wrong. */
  reload(): void {
    this.pending.reload(this.engine.sql);
    this.store.reload();
    this.merger.abort();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private hasWork(): boolean {
    return this.pending.size >= batchSize || this.merger.hasWork;
  }

  private async run(): Promise<void> {
    try {
      while (!this.stopped && this.hasWork()) {
        await nextTurn();
        if (this.pending.size >= batchSize) await this.moveBatch();
        else await rest(restTimes * await this.timed(() => this.mergeStep()));
      }
    } catch (error) {
      this.log.error({ error: messageOf(error), pending: this.pending.size }, 'indexing failed; it is tried again');
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.wake();
      }, retryMs).unref();
    }
  }

  private async timed(step: () => Promise<void>): Promise<number> {
    const begun = performance.now();
    await step();
    return performance.now() - begun;
  }

  private async mergeStep(): Promise<void> {
    const write = this.merger.step();
    if (write) await this.write(write);
  }

  private async moveBatch(): Promise<void> {
    await this.write((sql) => {
      const rows = this.pending.lowest(largestBatch);
      const gone = rows.filter((row) => row.indexed).map((row) => row.id);
      this.store.markGone(sql, gone);
      this.merger.gone(gone);
      this.addSegment(sql, rows);
      this.pending.dropLowest(sql, rows);
    });
  }

  private addSegment(sql: RawSql, rows: readonly PendingRow[]): void {
    const present = rows.flatMap(({ id, entry }) => (entry ? [{ id, entry }] : []));
    if (present.length === 0) return;
    const ids = Float64Array.from(present, ({ id }) => id);
    const id = this.store.newId();
    this.store.writeBlobs(sql, id, buildSegment(ids, present.map(({ entry }) => entry)));
    this.store.replace(sql, [], { id, size: ids.length, low: ids[0] ?? 0, high: ids.at(-1) ?? 0 });
  }

  private async write(change: (sql: RawSql) => void): Promise<void> {
    try {
      await this.engine.groupWrite(change);
    } catch (error) {
      this.reload();
      throw error;
    }
  }
}
