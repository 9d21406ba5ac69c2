/** A set of ordinals: bit n of word n >> 5. */
export type Bits = Uint32Array<ArrayBuffer>;

export function newBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
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

/** The members, ascending, each `offset` higher. */
export function membersOf(bits: Bits, offset: number): Uint32Array {
  let count = 0;
  for (let at = 0; at < bits.length; at += 1) for (let rest = bits[at] ?? 0; rest !== 0; rest &= rest - 1) count += 1;
  const members = new Uint32Array(count);
  let next = 0;
  for (let at = 0; at < bits.length; at += 1) {
    for (let rest = bits[at] ?? 0; rest !== 0; rest &= rest - 1) members[next++] = offset + (at << 5) + 31 - Math.clz32(rest & -rest);
  }
  return members;
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
