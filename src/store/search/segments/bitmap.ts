/** A set of ordinals: bit n of word n >> 5. */
export type Bits = Uint32Array<ArrayBuffer>;

export function newBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

/** All ordinals from `from` on and below `to`. */
export function rangeBits(size: number, from: number, to: number): Bits {
  const bits = newBits(size);
  for (let at = from; at < to; ) {
    if ((at & 31) === 0 && at + 32 <= to) {
      bits[at >>> 5] = 0xffffffff;
      at += 32;
    } else {
      setBit(bits, at);
      at += 1;
    }
  }
  return bits;
}

export function setBit(bits: Bits, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
}

export function hasBit(bits: Bits, at: number): boolean {
  return ((bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
}

export function andInto(bits: Bits, other: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & (other[at] ?? 0);
}

export function orInto(bits: Bits, other: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) | (other[at] ?? 0);
}

export function takeAway(bits: Bits, other: Bits): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & ~(other[at] ?? 0);
}

export function isEmpty(bits: Bits): boolean {
  return bits.every((word) => word === 0);
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (const word of bits) for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** The highest ordinal of the set that is below `below`; -1 when there is none. */
export function highestBelow(bits: Bits, below: number): number {
  let at = (below - 1) >>> 5;
  if (below <= 0) return -1;
  let word = (bits[at] ?? 0) & (0xffffffff >>> (31 - ((below - 1) & 31)));
  while (word === 0) {
    if (at === 0) return -1;
    at -= 1;
    word = bits[at] ?? 0;
  }
  return (at << 5) + 31 - Math.clz32(word);
}

/** The bytes a set is stored as. */
export function bitsToBytes(bits: Bits): Buffer {
  return Buffer.from(bits.buffer.slice(0));
}

export function bitsFromBytes(bytes: Uint8Array, size: number): Bits {
  const bits = newBits(size);
  new Uint8Array(bits.buffer).set(bytes.subarray(0, bits.byteLength));
  return bits;
}
