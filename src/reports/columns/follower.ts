/** A collection whose rows carry the number of their newest change. */
export interface Changing<T> {
  changedAfter(changeSeq: number, limit: number): Promise<T[]>;
  withChanges(changeSeqs: readonly number[]): Promise<T[]>;
}

/** How far behind the newest a number may still turn up: it is taken when a change begins, and written later. */
const overlap = 2_000;
/** Rows a step: a step is what the process does not do anything else in. */
const rowsPerStep = 200;
/** So long after the last change the numbers that nobody has seen are looked for. */
const settlesWithinMs = 15_000;

/**
 * Reads what has changed in a collection since the last time, each change once. Cheap when nothing has: one look at an index.
 * Of the last 2,000 numbers those that were never seen are asked for by name, so that a change that was written late is found.
 */
export class Follower<T extends { changeSeq: number }> {
  private seen = new Set<number>();
  private movedAt = 0;

  /** `newest`: everything up to it is known already, but for the last ones. */
  constructor(private readonly rows: Changing<T>, private readonly options: { clock: () => number; take: (rows: T[]) => Promise<void>; newest?: number }) {
    this.newest = options.newest ?? 0;
    this.movedAt = options.clock();
  }

  newest: number;

  /** Gives back how many rows were taken. Not to be called again before it has ended. */
  async catchUp(): Promise<number> {
    const late = await this.takeLate();
    const fresh = await this.takeFresh();
    if (late + fresh > 0) this.movedAt = this.options.clock();
    return late + fresh;
  }

  private async takeFresh(): Promise<number> {
    let taken = 0;
    for (;;) {
      const page = await this.rows.changedAfter(this.newest, rowsPerStep);
      const last = page.at(-1)?.changeSeq ?? this.newest;
      if (page.length > 0) await this.take(page);
      taken += page.length;
      // Rows of one number may lie on both sides of a page's end.
      const isSplit = page.length === rowsPerStep && page[0]?.changeSeq !== last;
      this.newest = isSplit ? last - 1 : last;
      if (page.length < rowsPerStep) return taken;
      await breathe();
    }
  }

  private async takeLate(): Promise<number> {
    if (this.options.clock() - this.movedAt > settlesWithinMs) return 0;
    const from = Math.max(1, this.newest - overlap + 1);
    const missing: number[] = [];
    for (let number = from; number <= this.newest; number += 1) if (!this.seen.has(number)) missing.push(number);
    const found = await this.rows.withChanges(missing);
    if (found.length > 0) await this.take(found);
    return found.length;
  }

  private async take(page: T[]): Promise<void> {
    await this.options.take(page);
    for (const row of page) this.seen.add(row.changeSeq);
    if (this.seen.size > 2 * overlap) {
      const highest = Math.max(this.newest, page.at(-1)?.changeSeq ?? 0);
      this.seen = new Set([...this.seen].filter((number) => number > highest - overlap));
    }
  }
}

/** Lets others work in between. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
