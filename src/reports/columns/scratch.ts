const alignment = 8;
const step = 1_048_576;

/**
 * Room for the arrays that a report works in, used again by the next one: made anew each time they would have the memory of the whole
 * process swept once a report. What it hands out holds anything, is good until the report is counted, and must not leave it.
 */
export class Scratch {
  private room = new ArrayBuffer(0);
  private used = 0;
  /** Handed out at once, at most; larger than the room where that ran out. */
  private peak = 0;
  private spilled = 0;
  private at = 0;

  u8(count: number): Uint8Array {
    return new Uint8Array(this.take(count), this.at, count);
  }

  u16(count: number): Uint16Array {
    return new Uint16Array(this.take(2 * count), this.at, count);
  }

  i16(count: number): Int16Array {
    return new Int16Array(this.take(2 * count), this.at, count);
  }

  u32(count: number): Uint32Array {
    return new Uint32Array(this.take(4 * count), this.at, count);
  }

  i32(count: number): Int32Array {
    return new Int32Array(this.take(4 * count), this.at, count);
  }

  f64(count: number): Float64Array {
    return new Float64Array(this.take(8 * count), this.at, count);
  }

  /** What `make` takes is free again afterwards: it must not give any of it back. */
  within<R>(make: () => R): R {
    const { used, room } = this;
    try {
      return make();
    } finally {
      // Where the room ran out meanwhile, nothing in the new one is needed any more.
      this.used = room === this.room ? used : 0;
    }
  }

  /** Everything is free. What ran out is as large as it needs to be from now on. */
  reset(): void {
    this.used = 0;
    this.spilled = 0;
    if (this.peak > this.room.byteLength) this.room = new ArrayBuffer(Math.ceil(this.peak / step) * step);
  }

  /** Gives the memory back. */
  drop(): void {
    this.room = new ArrayBuffer(0);
    this.used = 0;
    this.spilled = 0;
    this.peak = 0;
  }

  get bytes(): number {
    return this.room.byteLength;
  }

  private take(bytes: number): ArrayBuffer {
    if (this.used + bytes > this.room.byteLength) {
      this.spilled += this.used;
      this.used = 0;
      this.room = new ArrayBuffer(Math.max(bytes, 4 * step));
    }
    this.at = this.used;
    this.used += Math.ceil(bytes / alignment) * alignment;
    this.peak = Math.max(this.peak, this.spilled + this.used);
    return this.room;
  }
}
