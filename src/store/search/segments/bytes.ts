/** A part of a buffer, without the cost of a view of its own. */
export interface Slice {
  bytes: Buffer;
  from: number;
  to: number;
}

export function wholeOf(bytes: Buffer): Slice {
  return { bytes, from: 0, to: bytes.length };
}

/** Appends numbers and bytes to a buffer that grows. */
export class ByteWriter {
  length = 0;
  private buffer = Buffer.allocUnsafe(8192);

  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.length++] = value;
  }

  /** Whole numbers from 0 to 2^53, seven bits a byte, the lowest first. */
  varint(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest >= 128) {
      this.buffer[this.length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.buffer[this.length++] = rest;
  }

  copy({ bytes, from, to }: Slice): void {
    this.reserve(to - from);
    bytes.copy(this.buffer, this.length, from, to);
    this.length += to - from;
  }

  /** The characters of a binary string from `from` on. */
  binary(text: string, from: number): void {
    this.reserve(text.length - from);
    for (let at = from; at < text.length; at += 1) this.buffer[this.length++] = text.charCodeAt(at);
  }

  /** What was written, until something else is. */
  written(): Slice {
    return { bytes: this.buffer, from: 0, to: this.length };
  }

  clear(): void {
    this.length = 0;
  }

  /** What was written, as a buffer of its own; the writer is empty again. */
  take(): Buffer {
    const taken = Buffer.allocUnsafeSlow(this.length);
    this.buffer.copy(taken, 0, 0, this.length);
    this.length = 0;
    return taken;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + more));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}

/** Reads what a ByteWriter wrote. Past the end it reads zeros. */
export class ByteReader {
  constructor(
    readonly bytes: Buffer,
    public at = 0,
  ) {}

  varint(): number {
    const first = this.bytes[this.at++] ?? 0;
    if (first < 128) return first;
    let value = first & 127;
    for (let scale = 128; ; scale *= 128) {
      const next = this.bytes[this.at++] ?? 0;
      value += (next & 127) * scale;
      if (next < 128) return value;
    }
  }
}

const none = Buffer.alloc(0);

/** SQLite hands out buffers; anything else is looked at as one without copying. */
export function asBuffer(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : none;
}

const ascii = /^[\x00-\x7f]*$/;

/** A term as the characters of its UTF-8 bytes: so JavaScript compares and sorts it as bytes, whatever the script. */
export function toBinary(term: string): string {
  return ascii.test(term) ? term : Buffer.from(term, 'utf8').toString('latin1');
}
