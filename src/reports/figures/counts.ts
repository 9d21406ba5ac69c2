import { answered, states } from '../columns/layouts.js';
import { type Partition, sumsByPart } from './partition.js';
import { outcomes, type Selection } from './selection.js';

const perPart = states.length * outcomes;

/** How many waits of each part are in which state with which outcome of their target. */
export interface Counts {
  /** Those that fit, of this part. */
  count(part: number, fits: (state: number, judged: number) => boolean): number;
  /** All of them, by part. */
  all: Int32Array;
  answered: Int32Array;
}

export function countsOf(selection: Selection, partition: Partition): Counts {
  const fates = selection.fates();
  const { of, parts } = partition;
  const sums = sumsByPart(partition, perPart, (into, first) => {
    for (let place = 0; place < of.length; place += 1) {
      const at = ((of[place] as number) + first) * perPart + (fates[place] as number);
      into[at] = (into[at] as number) + 1;
    }
  });
  const count: Counts['count'] = (part, fits) => {
    let total = 0;
    for (let at = 0; at < perPart; at += 1) if (fits(Math.floor(at / outcomes), at % outcomes)) total += sums[part * perPart + at] as number;
    return total;
  };
  const byPart = (fits: (state: number) => boolean): Int32Array => Int32Array.from({ length: parts }, (_, part) => count(part, fits));
  return { count, all: byPart(() => true), answered: byPart((each) => each === answered) };
}
