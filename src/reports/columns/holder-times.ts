import type { Millis } from '../../inbox/model/common.js';
import type { HolderKind, Segment, Wait } from '../../inbox/model/wait.js';
import { holderKinds } from './layouts.js';

/** How long a wait lay with whom, in both clocks, in the order of `holderKinds`. */
export interface HolderTimes {
  calendar: number[];
  business: number[];
}

/** Open time of a stretch in the place where this segment lay. */
export type OpenTime = (segment: Segment, span: { from: Millis; to: Millis }) => number;

/** Adds up the segments until `until`. A wait that is over keeps its own business time: what the segments differ from it falls to the last. */
export function holderTimes(wait: Pick<Wait, 'from' | 'segments' | 'businessMs'>, until: Millis, openTime: OpenTime): HolderTimes {
  const times: HolderTimes = { calendar: [0, 0, 0, 0, 0], business: [0, 0, 0, 0, 0] };
  const segments: readonly Segment[] = wait.segments.length > 0 ? wait.segments : [{ from: wait.from, by: 'unassigned' }];
  const last = indexOfHolder(segments.at(-1)?.by ?? 'unassigned');
  const onlyHolder = segments.every((segment) => indexOfHolder(segment.by) === last);
  segments.forEach((segment, at) => {
    const from = at === 0 ? wait.from : segment.from;
    const to = Math.min(segments[at + 1]?.from ?? until, until);
    if (to <= from) return;
    add(times.calendar, indexOfHolder(segment.by), to - from);
    if (wait.businessMs === undefined || !onlyHolder) add(times.business, indexOfHolder(segment.by), openTime(segment, { from, to }));
  });
  if (wait.businessMs !== undefined) settleLast(times.business, last, wait.businessMs);
  return times;
}

function settleLast(business: number[], last: number, total: number): void {
  const others = business.reduce((sum, ms, at) => (at === last ? sum : sum + ms), 0);
  business[last] = Math.max(0, total - others);
}

export function indexOfHolder(by: HolderKind): number {
  return Math.max(0, holderKinds.indexOf(by));
}

function add(into: number[], at: number, ms: number): void {
  into[at] = (into[at] ?? 0) + ms;
}
