import type { Segment } from './segment.js';

/** Documents in the smallest full segment: what one batch writes. */
export const batchSize = 128;
const fanOut = 8;
/** A set of a segment's documents takes at most 64 KB, and no merge takes longer than some seconds, in small steps. */
const largest = 2 ** 19;
const fewestAtTop = 4;

export interface MergeChoice {
  level: number;
  segments: Segment[];
}

/** 0 for a batch; each level holds eight times as much. */
export function levelOf(documents: number): number {
  return Math.max(0, Math.floor(Math.log(documents / batchSize) / Math.log(fanOut)));
}

/** What to merge next, the smallest first: eight neighbours of one level, or one of which a quarter is gone. */
export function chooseMerge(segments: readonly Segment[]): MergeChoice | undefined {
  const levels = new Map<number, Segment[]>();
  for (const segment of segments) {
    const level = levelOf(segment.alive);
    if (segment.goneCount * 4 > segment.size) return { level, segments: [segment] };
    levels.set(level, [...(levels.get(level) ?? []), segment]);
  }
  for (const [level, those] of [...levels].sort(([a], [b]) => a - b)) {
    const taken = asManyAsFit(those);
    if (taken.length === fanOut || (taken.length >= fewestAtTop && taken.length < those.length)) return { level, segments: taken };
  }
  return undefined;
}

function asManyAsFit(segments: readonly Segment[]): Segment[] {
  const taken: Segment[] = [];
  let total = 0;
  for (const segment of segments.slice(0, fanOut)) {
    total += segment.alive;
    if (total > largest) break;
    taken.push(segment);
  }
  return taken;
}
