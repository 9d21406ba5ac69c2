import type { MyPresence } from '../../../lib/shapes.js';
import { calendarDay, timeOfDay } from '../../../lib/time/format.js';

type Span = MyPresence['items'][number];

/** One day of the reader's calendar, as it is told. */
export interface PresenceDay {
  /** Any moment of it. */
  at: number;
  /** "08:31 to 12:02, 12:45 to 17:10" */
  online: string;
  /** "12:02 to 12:45"; empty when they were not. */
  away: string;
  onlineMs: number;
}

/** What is kept, newest first, day by day; spans that follow on one another as one. */
export function presenceDays(spans: readonly Span[]): PresenceDay[] {
  const days = new Map<string, Span[]>();
  for (const span of spans.toReversed().flatMap(byDay)) {
    const key = calendarDay(span.from);
    const of = days.get(key) ?? [];
    days.set(key, of);
    const before = of.findLast((other) => other.state === span.state);
    if (before !== undefined && span.from <= before.to) before.to = Math.max(before.to, span.to);
    else of.push({ ...span });
  }
  return [...days.values()].reverse().map((of) => {
    const online = of.filter((span) => span.state === 'online');
    return { at: of[0]?.from ?? 0, online: words(online), away: words(of.filter((span) => span.state === 'away')), onlineMs: online.reduce((sum, span) => sum + span.to - span.from, 0) };
  });
}

/** A span over midnight belongs to both days. */
function byDay(span: Span): Span[] {
  const start = new Date(span.from);
  const midnight = new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1).getTime();
  return span.to <= midnight ? [span] : [{ ...span, to: midnight }, ...byDay({ ...span, from: midnight })];
}

function words(spans: readonly Span[]): string {
  return spans.map((span) => (timeOfDay(span.from) === timeOfDay(span.to) ? timeOfDay(span.from) : `${timeOfDay(span.from)} to ${timeOfDay(span.to)}`)).join(', ');
}
