import type { Report } from '../shapes.js';
import { countsOf } from './counts.js';
import { estimatesByPart } from './percentiles.js';
import type { Selection } from './selection.js';

const hoursAWeek = 168;
/** The first of January 1970 was a Thursday; weeks begin on Monday. */
const hoursFromMonday = 72;

/** How many began to wait in each hour of the week, and within what time half of them had an answer (of all, Kaplan-Meier). */
export function heatOf(selection: Selection): Report['heat'] {
  const hours = selection.hours();
  const of = selection.scratch.i16(hours.length);
  for (let place = 0; place < of.length; place += 1) of[place] = (((hours[place] as number) + hoursFromMonday) % hoursAWeek + hoursAWeek) % hoursAWeek;
  const partition = { parts: hoursAWeek, of };
  const counts = countsOf(selection, partition).all;
  const estimates = estimatesByPart(selection.sorted(selection.view.query.time), partition, counts);
  const byDay = <T>(value: (cell: number) => T): T[][] => Array.from({ length: 7 }, (_, day) => Array.from({ length: 24 }, (__, hour) => value(day * 24 + hour)));
  return { arrivals: byDay((cell) => counts[cell] ?? 0), waiting: byDay((cell) => estimates[cell]?.p50 ?? null) };
}
