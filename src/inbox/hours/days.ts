import type { CalendarVersion, OpenBlock } from '../model/calendar.js';
import type { Millis } from '../model/common.js';
import { beginningAt, endingAt } from './local-time.js';
import type { Span } from './place.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const minutesOfDay = 1_440;

/** Days are counted from 1970-01-01. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

/** The opening hours of one version, day by day of its own zone. */
export class Days {
  private readonly weekly: OpenBlock[][] = [[], [], [], [], [], [], []];
  private readonly exceptions = new Map<number, readonly OpenBlock[]>();
  private readonly holidays = new Set<number>();

  constructor(private readonly version: CalendarVersion) {
    for (const block of version.blocks) this.weekly[block.day]?.push(block);
    for (const { date, blocks } of version.exceptions) this.exceptions.set(dayNumber(date), blocks);
    for (const { date } of version.holidayDays) this.holidays.add(dayNumber(date));
  }

  /** The spans of the blocks that begin on this day, in no order; they may touch and overlap. */
  spansOf(day: number): Span[] {
    const blocks = this.blocksOf(day);
    if (blocks.length === 0) return [];
    const mayPassMidnight = !this.isClosed(day + 1);
    return blocks.map((block) => this.spanOf(day, block.from, mayPassMidnight ? block.to : Math.min(block.to, minutesOfDay)));
  }

  private blocksOf(day: number): readonly OpenBlock[] {
    const exception = this.exceptions.get(day);
    if (exception !== undefined) return exception;
    // 1970-01-01 was a Thursday.
    return this.holidays.has(day) ? [] : this.weekly[(((day + 3) % 7) + 7) % 7] ?? [];
  }

  /** Closed on purpose, as a holiday or an exception without hours; a weekday that never has any is not. */
  private isClosed(day: number): boolean {
    return this.exceptions.get(day)?.length === 0 || (this.holidays.has(day) && !this.exceptions.has(day));
  }

  private spanOf(day: number, from: number, to: number): Span {
    const { timeZone } = this.version;
    const midnight: Millis = day * dayMs;
    return { from: beginningAt(midnight + from * minuteMs, timeZone), to: endingAt(midnight + to * minuteMs, timeZone) };
  }
}
