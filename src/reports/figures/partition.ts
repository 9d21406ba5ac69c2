import { answered } from '../columns/layouts.js';
import type { Clock, Selection } from './selection.js';

/** The waits of one part, shortest first. */
export interface SortedPart {
  lengths: Float64Array;
  /** 1 where it was answered. */
  answered: Uint8Array;
  /** Of the answered alone. */
  answeredLengths: Float64Array;
}

/** Which parts a place belongs to: none, one, or several (a wait counts in each of its tags). */
export interface Partition {
  parts: number;
  /** -1: in none. */
  of: Int32Array;
  /** Further parts, of those places that have more than one. */
  more?: ReadonlyMap<number, readonly number[]>;
}

/** Everything as one part. */
export function whole(selection: Selection): Partition {
  return { parts: 1, of: new Int32Array(selection.size) };
}

/** Each part sorted by length, from the one order of all: no part is sorted by itself. */
export function sortedParts(selection: Selection, clock: Clock, partition: Partition): SortedPart[] {
  const { counts, answeredCounts } = countParts(selection, partition);
  const parts = Array.from({ length: partition.parts }, (_, part) => ({
    lengths: new Float64Array(counts[part] as number), answered: new Uint8Array(counts[part] as number), answeredLengths: new Float64Array(answeredCounts[part] as number),
  }));
  const filled = new Uint32Array(partition.parts);
  const filledAnswered = new Uint32Array(partition.parts);
  const lengths = selection.lengths(clock);
  const put = (part: number, length: number, isAnswered: boolean): void => {
    const into = parts[part] as SortedPart;
    const at = filled[part] as number;
    filled[part] = at + 1;
    into.lengths[at] = length;
    if (!isAnswered) return;
    into.answered[at] = 1;
    const next = filledAnswered[part] as number;
    filledAnswered[part] = next + 1;
    into.answeredLengths[next] = length;
  };
  for (const place of selection.order(clock)) {
    const part = partition.of[place] as number;
    if (part < 0) continue;
    const isAnswered = selection.state(place) === answered;
    put(part, lengths[place] as number, isAnswered);
    const more = partition.more?.get(place);
    if (more !== undefined) for (const other of more) put(other, lengths[place] as number, isAnswered);
  }
  return parts;
}

/** Calls for each place and each part it belongs to. */
export function eachMember(partition: Partition, take: (place: number, part: number) => void): void {
  const { of, more } = partition;
  for (let place = 0; place < of.length; place += 1) {
    const part = of[place] as number;
    if (part < 0) continue;
    take(place, part);
    const others = more?.get(place);
    if (others !== undefined) for (const other of others) take(place, other);
  }
}

function countParts(selection: Selection, partition: Partition): { counts: Uint32Array; answeredCounts: Uint32Array } {
  const counts = new Uint32Array(partition.parts);
  const answeredCounts = new Uint32Array(partition.parts);
  eachMember(partition, (place, part) => {
    counts[part] = (counts[part] as number) + 1;
    if (selection.state(place) === answered) answeredCounts[part] = (answeredCounts[part] as number) + 1;
  });
  return { counts, answeredCounts };
}
