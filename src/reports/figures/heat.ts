import { dayOfWall, hourOfWall, weekdayOfDay } from '../period.js';
import type { Report } from '../shapes.js';
import { sortedParts } from './partition.js';
import { estimatedPercentiles } from './percentiles.js';
import type { Selection } from './selection.js';

/** How many began to wait in each hour of the week, and within what time half of them had an answer (of all, Kaplan-Meier). */
export function heatOf(selection: Selection, wall: (at: number) => number): Report['heat'] {
  const of = new Int32Array(selection.size);
  for (let place = 0; place < selection.size; place += 1) {
    const shown = wall(selection.from(place));
    of[place] = weekdayOfDay(dayOfWall(shown)) * 24 + hourOfWall(shown);
  }
  const cells = sortedParts(selection, selection.view.query.time, { parts: 168, of });
  const byDay = <T>(value: (cell: (typeof cells)[number]) => T): T[][] => Array.from({ length: 7 }, (_, day) => cells.slice(day * 24, day * 24 + 24).map(value));
  return { arrivals: byDay((cell) => cell.lengths.length), waiting: byDay((cell) => estimatedPercentiles(cell).p50 ?? null) };
}
