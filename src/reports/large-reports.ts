import type { Millis } from '../inbox/model/common.js';
import type { ReportBase } from './make-report.js';

/** A report over so many waits takes long enough that whoever groups it another way should not wait for all of it again. */
const largeFrom = 100_000;
const holdMs = 15_000;
const heldAtMost = 2;

/** The last large reports, for some seconds: grouped otherwise, or asked for again, they say of when they are. Smaller ones are always made anew. */
export class LargeReports {
  private held: { key: string; at: Millis; base: ReportBase }[] = [];

  find(key: string, now: Millis): ReportBase | undefined {
    this.held = this.held.filter(({ at }) => now - at < holdMs && now >= at);
    return this.held.find((each) => each.key === key)?.base;
  }

  keep(key: string, now: Millis, base: ReportBase): void {
    if (base.now.size + (base.before?.size ?? 0) < largeFrom) return;
    this.held = [{ key, at: now, base }, ...this.held.filter((each) => each.key !== key)].slice(0, heldAtMost);
  }
}
