import type { HeldBy, Receipt } from '../../../lib/shapes.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const longestShaded = 120 * day;

/** A piece of the scale: shares of its width, 0 to 1. */
export interface Piece {
  from: number;
  width: number;
}

export interface ReceiptScale {
  begin: number;
  end: number;
  /** Where the wait ended, or now. */
  until: number;
  /** Where a time stands, 0 to 1. */
  at: (time: number) => number;
  segments: (Piece & { by: HeldBy; name?: string; since: number; until: number })[];
  /** As far as open hours are known: the wait and a little around it. */
  track: Piece;
  open: Piece[];
  /** Within the wait, when nobody was there. */
  closed: Piece[];
  /** Undefined when there is none, or when it lies so far ahead that it would press all else together. */
  due: number | undefined;
}

/** A wait's clock to scale, with a little room before and after. */
export function receiptScale(receipt: Receipt): ReceiptScale {
  const until = receipt.to ?? receipt.from + receipt.calendarMs;
  const length = Math.max(minute, until - receipt.from);
  const due = receipt.target?.dueAt;
  const isNear = due !== undefined && due >= receipt.from && due <= until + length;
  const last = isNear ? Math.max(until, due) : until;
  const room = Math.max(last - receipt.from, 20 * minute);
  const begin = receipt.from - room * 0.05;
  // More after it: there stands how it ended.
  const end = last + room * 0.16;
  const around = Math.max(10 * minute, length * 0.06);
  const at = (time: number) => Math.min(1, Math.max(0, (time - begin) / (end - begin)));
  const piece = (from: number, to: number): Piece => ({ from: at(from), width: Math.max(0, at(to) - at(from)) });
  // Days of a few pixels say nothing, and of years the server tells the first ones only: none are shown then.
  const isLong = until - receipt.from > longestShaded;
  const open = isLong ? [] : receipt.openSpans.filter((span) => span.to > begin && span.from < end);
  return {
    begin, end, until, at, due: isNear ? due : undefined,
    segments: receipt.segments.map((segment) => ({ ...piece(segment.from, segment.to), by: segment.by, since: segment.from, until: segment.to, ...(segment.name === undefined ? {} : { name: segment.name }) })),
    track: piece(receipt.from - around, until + around),
    open: open.map((span) => piece(span.from, span.to)),
    closed: isLong ? [] : gaps(open, receipt.from, until).map((gap) => piece(gap.from, gap.to)),
  };
}

function gaps(spans: readonly { from: number; to: number }[], from: number, to: number): { from: number; to: number }[] {
  const found = [];
  let reached = from;
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    if (span.from > reached) found.push({ from: reached, to: Math.min(span.from, to) });
    reached = Math.max(reached, span.to);
    if (reached >= to) break;
  }
  if (reached < to) found.push({ from: reached, to });
  return found.filter((gap) => gap.to > gap.from);
}

const steps = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 4_320, 7_200, 10_080, 20_160, 43_200, 129_600, 525_600].map((minutes) => minutes * minute);

/** Round times of that zone on the scale: at most `most` of them; at midnight the day is named. */
export function timeTicks({ begin, end }: Pick<ReceiptScale, 'begin' | 'end'>, options: { timeZone: string; most: number }): { time: number; text: string }[] {
  const { timeZone, most } = options;
  const step = steps.find((each) => (end - begin) / each <= Math.max(1, most)) ?? 365 * day;
  const local = begin + offsetOf(begin, timeZone);
  const ticks = [];
  for (let at = Math.ceil(local / step) * step; ; at += step) {
    // The offset may change on the way: each tick stands at its own local time.
    const time = at - offsetOf(at - offsetOf(begin, timeZone), timeZone);
    if (time > end) return ticks;
    if (time >= begin) ticks.push({ time, text: words(time, timeZone, formatOf(at, step, end - begin)) });
  }
}

/** A weekday and its number say which day it is within a month only. */
function formatOf(at: number, step: number, span: number): Intl.DateTimeFormatOptions {
  if (at % day !== 0) return { hour: '2-digit', minute: '2-digit' };
  if (span <= 25 * day) return { weekday: 'short', day: 'numeric' };
  return { day: 'numeric', month: 'short', ...(span > 300 * day || step >= 90 * day ? { year: 'numeric' } : {}) };
}

function words(at: number, timeZone: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...format }).format(at).replace(',', '');
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the zone's clocks are ahead of UTC at that time, in ms. */
function offsetOf(at: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  formats.set(timeZone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'] ?? 1, part['hour'] ?? 0, part['minute'] ?? 0, part['second'] ?? 0);
  return wall - Math.floor(at / 1000) * 1000;
}
