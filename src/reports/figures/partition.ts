import type { Selection } from './selection.js';

/** Which parts a place belongs to: none, one, or several (a wait counts in each of its tags). */
export interface Partition {
  parts: number;
  /** By place: its part; -1: none; from -2 downwards: those of `several`, from its first on. */
  of: Int16Array | Int32Array;
  several?: readonly (readonly number[])[];
  /** There is one part, and everything is in it. */
  isWhole?: true;
}

/** For so many codes: as narrow as may be, for it is looked up in the order of lengths, back and forth. */
export function narrowed(selection: Selection, of: Int32Array, codes: number): Partition['of'] {
  if (codes > 32_000) return of;
  const narrow = selection.scratch.i16(of.length);
  narrow.set(of);
  return narrow;
}

/** The `of` of the entry at this index of `several`. */
export function codeOfSeveral(index: number): number {
  return -2 - index;
}

/** The parts of a place that is in none, or in more than one. */
export function severalParts({ several }: Partition, code: number): readonly number[] {
  return several?.[-2 - code] ?? none;
}

const none: readonly number[] = [];

/** Everything as one part. */
export function whole(selection: Selection): Partition {
  return { parts: 1, of: selection.scratch.i16(selection.size).fill(0), isWhole: true };
}

/** By the hour on the wall in which each began; `partOf` is asked once an hour. */
export function partitionByHour(selection: Selection, parts: number, partOf: (hour: number) => number): Partition {
  const hours = selection.hours();
  const of = selection.scratch.i16(hours.length);
  const { first, last } = hoursSpanned(hours);
  const table = selection.scratch.i16(Math.max(0, last - first + 1));
  for (let hour = first; hour <= last; hour += 1) table[hour - first] = partOf(hour);
  for (let place = 0; place < of.length; place += 1) of[place] = table[(hours[place] as number) - first] as number;
  return { parts, of };
}

function hoursSpanned(hours: Int32Array): { first: number; last: number } {
  let first = hours[0] ?? 0;
  let last = hours[0] ?? -1;
  for (let place = 0; place < hours.length; place += 1) {
    const hour = hours[place] as number;
    if (hour < first) first = hour;
    if (hour > last) last = hour;
  }
  return { first, last };
}

/**
 * Sums by part, `width` of them a part, one part after the other. `fill` adds up by the codes that stand in `of`, each in the row
 * `code + first`: places of one code are in the same parts, so that only the few codes are given to their parts one by one.
 */
export function sumsByPart(partition: Partition, width: number, fill: (sums: Float64Array, first: number) => void): Float64Array {
  const first = 1 + (partition.several?.length ?? 0);
  const sums = new Float64Array((first + partition.parts) * width);
  fill(sums, first);
  partition.several?.forEach((parts, index) => {
    const from = (codeOfSeveral(index) + first) * width;
    for (const part of parts) {
      for (let column = 0; column < width; column += 1) sums[(part + first) * width + column] = (sums[(part + first) * width + column] as number) + (sums[from + column] as number);
    }
  });
  return sums.subarray(first * width);
}
