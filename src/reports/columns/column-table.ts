import type { KeptOrder } from './kept-order.js';

/** How a column lies in memory. `length`: ms, 32 bits each; the few that are longer than 49 days lie beside it. */
export type ColumnKind = 'f64' | 'u32' | 'u8' | 'length';
export type Layout = Readonly<Record<string, ColumnKind>>;

interface Arrays {
  f64: Float64Array;
  u32: Uint32Array;
  u8: Uint8Array;
  length: Uint32Array;
}

type Columns<L extends Layout> = { [K in keyof L]: Arrays[L[K]] };
type Named<L extends Layout, Kind extends ColumnKind> = { [K in keyof L]: L[K] extends Kind ? K : never }[keyof L] & string;

export const rowsPerBlock = 16_384;
/** Stands in a column of lengths where `length` is to be asked instead. */
export const tooLong = 0xff_ff_ff_ff;

/** Rows numbered from 0, column by column in typed arrays. A row that was never written is all zeros. */
export class ColumnTable<L extends Layout> {
  /** Read them at will; write by `setLength`, or here together with `touch`. */
  at: Columns<L>;
  /** One more than the highest row written. */
  size = 0;
  /** Blocks changed since they were saved. */
  readonly dirty = new Set<number>();
  private readonly long: { [K in Named<L, 'length'>]: Map<number, number> };
  private readonly orders: KeptOrder[] = [];
  private room = 0;

  constructor(readonly layout: L) {
    this.at = {} as Columns<L>;
    this.long = Object.fromEntries(this.namesOf('length').map((name) => [name, new Map<number, number>()])) as typeof this.long;
    this.grow(rowsPerBlock);
  }

  /** Makes room for this row and notes that its block is no longer as saved. */
  touch(row: number): void {
    if (row >= this.room) this.grow(Math.max(row + 1, Math.ceil(this.room * 1.25)));
    if (row >= this.size) this.size = row + 1;
    this.dirty.add(Math.floor(row / rowsPerBlock));
    for (const order of this.orders) order.note(row);
  }

  /** From now on this order hears of every row that is written, by `touch` or from a block. Gives it back. */
  keep(order: KeptOrder): KeptOrder {
    this.orders.push(order);
    return order;
  }

  setLength(name: Named<L, 'length'>, row: number, ms: number): void {
    const column = this.at[name] as Uint32Array;
    const isLong = ms >= tooLong;
    if (column[row] === tooLong && !isLong) this.long[name].delete(row);
    column[row] = isLong ? tooLong : Math.max(0, ms);
    if (isLong) this.long[name].set(row, ms);
  }

  addLength(name: Named<L, 'length'>, row: number, ms: number): void {
    if (ms > 0) this.setLength(name, row, this.length(name, row) + ms);
  }

  length(name: Named<L, 'length'>, row: number): number {
    const value = (this.at[name] as Uint32Array)[row] ?? 0;
    return value === tooLong ? this.long[name].get(row) ?? tooLong : value;
  }

  /** The rows of this column that hold `tooLong`, and their lengths. */
  longOnes(name: Named<L, 'length'>): ReadonlyMap<number, number> {
    return this.long[name];
  }

  /** As `length`, for many rows of one column. Ask for it anew when a row was written. */
  reader(name: Named<L, 'length'>): (row: number) => number {
    const column = this.at[name] as Uint32Array;
    const long = this.long[name];
    return (row) => {
      const value = column[row] as number;
      return value === tooLong ? long.get(row) ?? tooLong : value;
    };
  }

  /** The lengths of these rows, in their order. */
  lengths(name: Named<L, 'length'>, rows: Uint32Array): Float64Array {
    const length = this.reader(name);
    const found = new Float64Array(rows.length);
    for (let at = 0; at < rows.length; at += 1) found[at] = length(rows[at] as number);
    return found;
  }

  /** All columns of one block as bytes, and the lengths that are too long for them. */
  packBlock(block: number): { bytes: Uint8Array; long: Record<string, [number, number][]> } {
    const [from, to] = [block * rowsPerBlock, (block + 1) * rowsPerBlock];
    const parts = Object.keys(this.layout).map((name) => bytesOf(this.at[name] as Uint8Array, from, to));
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    const long = Object.fromEntries(this.namesOf('length').map((name) => [name, [...this.long[name]].filter(([row]) => row >= from && row < to)]));
    return { bytes, long };
  }

  /** Takes a packed block back; `false` when it is not of this layout. */
  unpackBlock(block: number, packed: ReturnType<ColumnTable<L>['packBlock']>): boolean {
    const [from, to] = [block * rowsPerBlock, (block + 1) * rowsPerBlock];
    if (to > this.room) this.grow(to);
    for (const order of this.orders) order.forget();
    let at = 0;
    for (const name of Object.keys(this.layout)) {
      const into = bytesOf(this.at[name] as Uint8Array, from, to);
      if (at + into.length > packed.bytes.length) return false;
      into.set(packed.bytes.subarray(at, at + into.length));
      at += into.length;
    }
    for (const name of this.namesOf('length')) for (const [row, ms] of packed.long[name] ?? []) this.long[name].set(row, ms);
    return at === packed.bytes.length;
  }

  /** Of the arrays and the orders; dictionaries and maps come on top. */
  get bytes(): number {
    return Object.keys(this.layout).reduce((sum, name) => sum + (this.at[name] as Uint8Array).byteLength, this.orders.reduce((sum, order) => sum + order.bytes, 0));
  }

  private namesOf<K extends ColumnKind>(kind: K): Named<L, K>[] {
    return Object.keys(this.layout).filter((name) => this.layout[name] === kind) as Named<L, K>[];
  }

  private grow(rows: number): void {
    this.room = Math.ceil(rows / rowsPerBlock) * rowsPerBlock;
    const grown = Object.entries(this.layout).map(([name, kind]) => {
      const fresh = newArray(kind, this.room);
      const old = this.at[name];
      if (old !== undefined) fresh.set(old);
      return [name, fresh];
    });
    this.at = Object.fromEntries(grown) as Columns<L>;
  }
}

function newArray(kind: ColumnKind, rows: number): Float64Array | Uint32Array | Uint8Array {
  if (kind === 'f64') return new Float64Array(rows);
  return kind === 'u8' ? new Uint8Array(rows) : new Uint32Array(rows);
}

function bytesOf(column: Float64Array | Uint32Array | Uint8Array, from: number, to: number): Uint8Array {
  const { BYTES_PER_ELEMENT: each } = column;
  return new Uint8Array(column.buffer, column.byteOffset + from * each, (to - from) * each);
}
