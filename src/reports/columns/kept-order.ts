/** Which rows stand in an order, and how. Of a row that was not written since, it says the same as before. */
export interface Ordering {
  holds(row: number): boolean;
  /** Below zero: `a` comes first. */
  compare(a: number, b: number): number;
  /** These rows in order; many are sorted faster together than one by one. */
  sort(rows: Uint32Array): Uint32Array;
}

/** From so many changed rows on, sorting all of them anew is as fast. */
const manyChanged = 20_000;

/**
 * Rows of a table in an order that is kept: when some were written, these alone are sorted, and put where they belong. Give it to
 * `ColumnTable.keep`, so that it hears of every row that is written.
 */
export class KeptOrder {
  private inOrder: Uint32Array = new Uint32Array();
  /** Written since; `undefined`: so many that everything is sorted anew. */
  private changed: Set<number> | undefined;

  constructor(private readonly ordering: Ordering) {}

  /** This row was, or is about to be, written. */
  note(row: number): void {
    if (this.changed === undefined) return;
    this.changed.add(row);
    if (this.changed.size > manyChanged) this.forget();
  }

  /** Anything may be otherwise now. */
  forget(): void {
    this.changed = undefined;
  }

  /** The rows that stand in it, below `size`. Not to be written into, and right until a row is written. */
  rows(size: number): Uint32Array {
    if (this.changed === undefined) this.inOrder = this.ordering.sort(rowsBelow(size, (row) => this.ordering.holds(row)));
    else if (this.changed.size > 0) this.inOrder = this.withChanged(this.changed, size);
    this.changed = new Set();
    return this.inOrder;
  }

  get bytes(): number {
    return this.inOrder.byteLength;
  }

  private withChanged(changed: ReadonlySet<number>, size: number): Uint32Array {
    const isOld = new Uint8Array(size);
    for (const row of changed) isOld[row] = 1;
    const { inOrder } = this;
    const kept = new Uint32Array(inOrder.length);
    let count = 0;
    for (let at = 0; at < inOrder.length; at += 1) {
      const row = inOrder[at] as number;
      if (isOld[row] === 0) kept[count++] = row;
    }
    const fresh = Uint32Array.from([...changed].filter((row) => this.ordering.holds(row)));
    return merged(kept.subarray(0, count), this.ordering.sort(fresh), { compare: (a, b) => this.ordering.compare(a, b) });
  }
}

/** Two orders as one, in `into` where there is one. Meant for a few in `some`: each is looked up in `many`, what lies in between is copied as it is. */
export function merged(many: Uint32Array, some: Uint32Array, { compare, into }: { compare: (a: number, b: number) => number; into?: Uint32Array }): Uint32Array {
  if (some.length === 0) return many;
  const all = into ?? new Uint32Array(many.length + some.length);
  let from = 0;
  for (let at = 0; at < some.length; at += 1) {
    const one = some[at] as number;
    const to = firstWhere(many, from, (other) => compare(one, other) < 0);
    for (; from < to; from += 1) all[from + at] = many[from] as number;
    all[to + at] = one;
  }
  all.set(many.subarray(from), from + some.length);
  return all;
}

/** Where the items begin of which it is true, when it is so of all that follow; the length when of none. */
export function firstWhere(items: Uint32Array, from: number, isTrue: (item: number) => boolean): number {
  let [low, high] = [from, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(items[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function rowsBelow(size: number, holds: (row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(size);
  let count = 0;
  for (let row = 0; row < size; row += 1) if (holds(row)) rows[count++] = row;
  return rows.slice(0, count);
}
