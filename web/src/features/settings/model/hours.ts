import type { Hours } from '../../../lib/shapes.js';

export type Block = Hours['blocks'][number];

export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** "09:30" for 570; "00:00" for midnight at either end. */
export function minuteText(minute: number): string {
  const inDay = minute % 1440;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

/** The minute that was typed ("9", "930", "9:30", "09.30"); midnight is the end of the day when it ends a block. `undefined` for anything else. */
export function minuteOf(text: string, end: boolean): number | undefined {
  const match = /^(\d{1,2})(?:[:.h ]?(\d{2}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const minutes = Number(match[2] ?? 0);
  const minute = Number(match[1]) * 60 + minutes;
  if (minute === 1440 && end) return 1440;
  if (minute >= 1440 || minutes > 59) return undefined;
  return minute === 0 && end ? 1440 : minute;
}

/** When a block ends that begins at `from`, by what the clock shows then: later that day, else on the day after. */
export function endAfter(from: number, shown: number): number {
  const inDay = shown % 1440;
  return inDay > from ? inDay : inDay + 1440;
}

/** The blocks of one day, earliest first. */
export function blocksOf(hours: Hours, day: number): Block[] {
  return hours.blocks.filter((block) => block.day === day).toSorted((one, other) => one.from - other.from);
}

/** With one more block on that day: after the last one, or a usual working day. */
export function withBlock(hours: Hours, day: number): Hours {
  const last = blocksOf(hours, day).at(-1);
  const from = last === undefined ? 540 : Math.min(last.to + 60, 1380);
  const to = last === undefined ? 1020 : Math.min(from + 180, 1440);
  return { ...hours, blocks: [...hours.blocks, { day, from, to }] };
}

export function withoutBlock(hours: Hours, block: Block): Hours {
  return { ...hours, blocks: hours.blocks.filter((other) => other !== block) };
}

export function changedBlock(hours: Hours, block: Block, change: Pick<Block, 'from' | 'to'>): Hours {
  return { ...hours, blocks: hours.blocks.map((other) => (other === block ? { ...other, ...change } : other)) };
}

/** That day's blocks on every working day. */
export function copiedToWorkdays(hours: Hours, from: number): Hours {
  const pattern = blocksOf(hours, from);
  const weekend = hours.blocks.filter((block) => block.day > 4 && block.day !== from);
  const own = from > 4 ? pattern : [];
  return { ...hours, blocks: [...[0, 1, 2, 3, 4].flatMap((day) => pattern.map((block) => ({ ...block, day }))), ...weekend, ...own] };
}

/** What is wrong with a day's blocks; `undefined` when nothing is. */
export function faultOf(blocks: readonly Block[]): string | undefined {
  if (blocks.some((block) => block.to <= block.from)) return 'ends before it begins';
  const sorted = blocks.toSorted((one, other) => one.from - other.from);
  if (sorted.some((block, index) => block.from < (sorted[index - 1]?.to ?? 0))) return 'overlaps';
  return undefined;
}

/** Whether all days are as they should be. */
export function areSound(hours: Hours): boolean {
  return dayNames.every((_name, day) => faultOf(blocksOf(hours, day)) === undefined);
}
