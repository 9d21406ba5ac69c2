import type { RawSql } from '../../embedded/raw-sql.js';
import { Merge } from './merge.js';
import { chooseMerge } from './merge-policy.js';
import type { Segment } from './segment.js';
import type { SegmentStore } from './store.js';

/** So long a step of merging computes; what it made is then written, if there is enough of it. */
const stepMs = 1.5;
const blobsPerWrite = 64;

interface Running {
  merge: Merge;
  level: number;
  id: number;
  /** Removed since the merge began: the new segment still has them. */
  late: number[];
}

/** Merges segments, the smallest first, a step at a time. A crash or `abort` leaves blobs that nobody uses; they are swept. */
export class Merger {
  private running: Running[] = [];
  private untidy = true;

  constructor(private readonly store: SegmentStore) {}

  /** Whether there is something for `step` to do. */
  get hasWork(): boolean {
    return this.untidy || this.running.length > 0 || chooseMerge(this.store.segments) !== undefined;
  }

  /** To be told of every document that is marked as gone. */
  gone(ids: readonly number[]): void {
    for (const running of this.running) running.late.push(...ids);
  }

  abort(): void {
    this.running = [];
    this.untidy = true;
  }

  /** Does a little; returns what has to be written for it, if anything. */
  step(): ((sql: RawSql) => void) | undefined {
    const current = this.current();
    if (current === undefined) return (sql) => this.tidy(sql);
    const done = current.merge.work(performance.now() + stepMs, blobsPerWrite);
    if (done) return (sql) => this.finish(sql, current);
    const blobs = current.merge.waiting >= blobsPerWrite ? current.merge.take() : [];
    return blobs.length === 0 ? undefined : (sql) => this.store.writeBlobs(sql, current.id, blobs);
  }

  private current(): Running | undefined {
    const busy = new Set<Segment>(this.running.flatMap(({ merge }) => merge.segments));
    const choice = chooseMerge(this.store.segments.filter((segment) => !busy.has(segment)));
    const lowest = this.running.at(-1);
    if (choice && (lowest === undefined || choice.level < lowest.level)) this.running.push({ merge: new Merge(choice.segments), level: choice.level, id: this.store.newId(), late: [] });
    return this.running.at(-1);
  }

  private finish(sql: RawSql, { merge, id, late }: Running): void {
    const { ids } = merge;
    this.store.writeBlobs(sql, id, merge.finish());
    const facts = ids.length === 0 ? undefined : { id, size: ids.length, low: ids[0] ?? 0, high: ids.at(-1) ?? 0 };
    const made = this.store.replace(sql, merge.segments, facts);
    if (made) this.store.markGone(sql, late, made);
    this.running.pop();
    this.untidy = true;
  }

  private tidy(sql: RawSql): void {
    this.untidy = this.store.sweep(sql, this.running.map(({ id }) => id));
  }
}
