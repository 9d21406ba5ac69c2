import { answered as isAnswered } from '../columns/layouts.js';
import type { Clock, Selection, SortedWaits } from './selection.js';

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
  /** There is one part, and everything is in it. */
  isWhole?: true;
}

/** Everything as one part. */
export function whole(selection: Selection): Partition {
  return { parts: 1, of: new Int32Array(selection.size), isWhole: true };
}

/** Each part sorted by length, from the one order of all: no part is sorted by itself. */
export function sortedParts(selection: Selection, clock: Clock, partition: Partition): SortedPart[] {
  const sorted = selection.sorted(clock);
  if (partition.isWhole === true) return [sorted];
  const starts = startsOf(partition, () => true);
  const answeredStarts = startsOf(partition, (place) => selection.states[place] === isAnswered);
  const into = { lengths: new Float64Array(starts[partition.parts] as number), answered: new Uint8Array(starts[partition.parts] as number), answeredLengths: new Float64Array(answeredStarts[partition.parts] as number) };
  const next = { all: starts.slice(), answered: answeredStarts.slice() };
  fillParts(sorted, partition, { into, next });
  return Array.from({ length: partition.parts }, (_, part) => {
    const [from, to] = [starts[part] as number, starts[part + 1] as number];
    return { lengths: into.lengths.subarray(from, to), answered: into.answered.subarray(from, to), answeredLengths: into.answeredLengths.subarray(answeredStarts[part], answeredStarts[part + 1]) };
  });
}

function fillParts(sorted: SortedWaits, { of, more }: Partition, { into, next }: { into: SortedPart; next: { all: Uint32Array; answered: Uint32Array } }): void {
  const { order, lengths, answered } = sorted;
  for (let at = 0; at < order.length; at += 1) {
    const place = order[at] as number;
    const part = of[place] as number;
    if (part < 0) continue;
    const others = more?.get(place);
    for (let each = -1; each < (others?.length ?? 0); each += 1) {
      const target = each < 0 ? part : others?.[each] as number;
      const to = next.all[target] as number;
      next.all[target] = to + 1;
      into.lengths[to] = lengths[at] as number;
      if (answered[at] === 0) continue;
      into.answered[to] = 1;
      const toAnswered = next.answered[target] as number;
      next.answered[target] = toAnswered + 1;
      into.answeredLengths[toAnswered] = lengths[at] as number;
    }
  }
}

/** Where each part begins, of those places that count; one more than there are parts. */
function startsOf({ of, more, parts }: Partition, counts: (place: number) => boolean): Uint32Array {
  const starts = new Uint32Array(parts + 1);
  for (let place = 0; place < of.length; place += 1) {
    const part = of[place] as number;
    if (part < 0 || !counts(place)) continue;
    starts[part + 1] = (starts[part + 1] as number) + 1;
    for (const other of more?.get(place) ?? none) starts[other + 1] = (starts[other + 1] as number) + 1;
  }
  for (let part = 1; part <= parts; part += 1) starts[part] = (starts[part] as number) + (starts[part - 1] as number);
  return starts;
}

const none: readonly number[] = [];

/** Calls for each place and each part it belongs to. */
export function eachMember(partition: Partition, take: (place: number, part: number) => void): void {
  const { of, more } = partition;
  for (let place = 0; place < of.length; place += 1) {
    const part = of[place] as number;
    if (part < 0) continue;
    take(place, part);
    if (more === undefined) continue;
    for (const other of more.get(place) ?? none) take(place, other);
  }
}
