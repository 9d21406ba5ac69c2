import { openMsBetween } from '../../inbox/hours/open-time.js';
import type { Place, TimeRules } from '../../inbox/hours/place.js';
import type { Millis } from '../../inbox/model/common.js';
import type { Segment, Wait } from '../../inbox/model/wait.js';
import type { Columns } from './columns.js';
import { holderTimes, indexOfHolder } from './holder-times.js';
import { holderColumns } from './layouts.js';
import { putTimes } from './put-wait.js';

interface Open {
  wait: Pick<Wait, 'from' | 'segments' | 'channelId'>;
  customerTags: readonly string[];
  /** Where it lies now, in one word. */
  place: string;
  /** Until when its row is right. */
  until: Millis;
}

/**
 * The waits that are open. Their lengths grow while nothing is written, so that they are brought up to date before a report
 * is counted: by what has passed since the last time, reckoned once for each place.
 */
export class StillOpen {
  private readonly rows = new Map<number, Open>();
  private calendars: TimeRules['calendars'] = [];

  put(row: number, wait: Wait, customerTags: readonly string[]): void {
    this.rows.set(row, { wait: { from: wait.from, segments: wait.segments, channelId: wait.channelId }, customerTags, place: `${wait.segments.at(-1)?.teamId ?? ''}|${wait.channelId}|${customerTags.join(',')}`, until: -Infinity });
  }

  remove(row: number): void {
    this.rows.delete(row);
  }

  get numbers(): Iterable<number> {
    return this.rows.keys();
  }

  /** Writes the lengths as they are at `now` into the columns. No IO. */
  settle(columns: Columns, now: Millis, rules: Pick<TimeRules, 'calendars'>): void {
    const isOther = rules.calendars !== this.calendars;
    this.calendars = rules.calendars;
    const passed = new Map<Millis, Map<string, number>>();
    for (const [row, open] of this.rows) {
      if (isOther || now < open.until || !Number.isFinite(open.until)) recount(columns, row, open, { now, calendars: rules.calendars });
      else if (now > open.until) this.addPassed(columns, row, open, { now, passed });
      open.until = now;
    }
  }

  private addPassed(columns: Columns, row: number, open: Open, at: { now: Millis; passed: Map<Millis, Map<string, number>> }): void {
    const last = open.wait.segments.at(-1);
    const since = open.until;
    if (last !== undefined && last.from > since) {
      recount(columns, row, open, { now: at.now, calendars: this.calendars });
      return;
    }
    let inPlaces = at.passed.get(since);
    if (inPlaces === undefined) at.passed.set(since, inPlaces = new Map());
    let business = inPlaces.get(open.place);
    if (business === undefined) inPlaces.set(open.place, business = openMsBetween(this.calendars, placeOf(open, last), { from: Math.max(since, open.wait.from), to: at.now }));
    const { waits } = columns;
    const holder = indexOfHolder(last?.by ?? 'unassigned');
    const calendar = at.now - since;
    waits.addLength('calendar', row, calendar);
    waits.addLength('business', row, business);
    waits.addLength(holderColumns.calendar[holder] ?? 'calendarAgent', row, calendar);
    waits.addLength(holderColumns.business[holder] ?? 'businessAgent', row, business);
  }
}

function recount(columns: Columns, row: number, open: Open, at: { now: Millis; calendars: TimeRules['calendars'] }): void {
  const until = Math.max(at.now, open.wait.from);
  putTimes(columns, row, holderTimes(open.wait, until, (segment, span) => openMsBetween(at.calendars, placeOf(open, segment), span)));
}

function placeOf(open: Open, segment: Segment | undefined): Place {
  return { channelId: open.wait.channelId, customerTags: open.customerTags, ...(segment?.teamId === undefined ? {} : { teamId: segment.teamId }) };
}
