import { dayOfHour, hourOfDay, weekdayOfDay } from '../period.js';
import type { Report } from '../shapes.js';
import { countsOf } from './counts.js';
import { partitionByHour } from './partition.js';
import { estimatesByPart } from './percentiles.js';
import type { Selection } from './selection.js';

const hoursAWeek = 168;

/** How many began to wait in each hour of the week, and within what time half of them had an answer (of all, Kaplan-Meier). */
export function heatOf(selection: Selection): Report['heat'] {
  const partition = partitionByHour(selection, hoursAWeek, (hour) => weekdayOfDay(dayOfHour(hour)) * 24 + hourOfDay(hour));
  const counts = countsOf(selection, partition).all;
  const estimates = estimatesByPart(selection.sorted(selection.view.query.time), partition, counts);
  const byDay = <T>(value: (cell: number) => T): T[][] => Array.from({ length: 7 }, (_, day) => Array.from({ length: 24 }, (__, hour) => value(day * 24 + hour)));
  return { arrivals: byDay((cell) => counts[cell] ?? 0), waiting: byDay((cell) => estimates[cell]?.p50 ?? null) };
}
