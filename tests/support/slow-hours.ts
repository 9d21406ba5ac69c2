import type { Calendar, CalendarVersion } from '../../src/inbox/model/calendar.js';

/** A stretch of time: from `from` up to, not including, `to`. */
export interface Stretch {
  from: number;
  to: number;
}

/** Where a clock runs, as §11 names it. */
export interface Spot {
  teamId?: string;
  channelId?: string;
  tags: readonly string[];
}

const minute = 60_000;
const day = 86_400_000;
const halfHour = 30 * minute;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** What a wall clock in the zone shows at an instant, written as if it were UTC. Zones change their offset at full or half hours only. */
export function wallClock(zone: string, instant: number): number {
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const slot = Math.floor(instant / halfHour);
  const offset = known.get(slot) ?? readWall(zone, slot * halfHour) - slot * halfHour;
  known.set(slot, offset);
  return instant + offset;
}

function readWall(zone: string, instant: number): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
  return Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'] ?? 1, parts['hour'] ?? 0, parts['minute'] ?? 0, parts['second'] ?? 0);
}

/** `YYYY-MM-DD` there and then. */
export function dayIn(zone: string, instant: number): string {
  return new Date(wallClock(zone, instant)).toISOString().slice(0, 10);
}

/** 0 = Monday. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function dayAfter(date: string, days = 1): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

const firsts = new Map<string, number>();

/** The first instant at which the wall clock shows this minute of this day, or more: minutes may reach past midnight. */
export function firstInstant(zone: string, date: string, minutes: number): number {
  return remembered(firsts, `${zone} ${date} ${minutes}`, () => {
    const wanted = Date.parse(`${date}T00:00:00Z`) + minutes * minute;
    let instant = wanted - 16 * 60 * minute;
    while (wallClock(zone, instant) < wanted) instant += minute;
    return instant;
  });
}

const lasts = new Map<string, number>();

/** The instant after the last one at which the wall clock shows less than this minute of this day. */
export function lastInstant(zone: string, date: string, minutes: number): number {
  return remembered(lasts, `${zone} ${date} ${minutes}`, () => {
    const wanted = Date.parse(`${date}T00:00:00Z`) + minutes * minute;
    let instant = wanted + 16 * 60 * minute;
    while (wallClock(zone, instant - minute) >= wanted) instant -= minute;
    return instant;
  });
}

function remembered(memory: Map<string, number>, key: string, work: () => number): number {
  const known = memory.get(key) ?? work();
  memory.set(key, known);
  return known;
}

/** The version in force at an instant. */
function versionAt(calendar: Calendar, instant: number): CalendarVersion | undefined {
  return calendar.versions.filter((version) => version.since === undefined || version.since <= dayIn(version.timeZone, instant)).at(-1);
}

/** The blocks of one day: an exception wins over a holiday, a holiday over the week. */
function blocksOfDay(version: CalendarVersion, date: string): { from: number; to: number }[] {
  const exception = version.exceptions.find((each) => each.date === date);
  if (exception !== undefined) return exception.blocks;
  if (version.holidayDays.some((holiday) => holiday.date === date)) return [];
  return version.blocks.filter((block) => block.day === weekdayOf(date));
}

/** A day closed on purpose: what began the day before ends at its midnight. */
function closedOnPurpose(version: CalendarVersion, date: string): boolean {
  const exception = version.exceptions.find((each) => each.date === date);
  return exception === undefined ? version.holidayDays.some((holiday) => holiday.date === date) : exception.blocks.length === 0;
}

/** Every block of a version that touches the stretch, as instants; they may overlap. */
function blocksIn(version: CalendarVersion, stretch: Stretch): Stretch[] {
  const first = new Date(stretch.from - 4 * day).toISOString().slice(0, 10);
  const last = new Date(stretch.to + 2 * day).toISOString().slice(0, 10);
  const found: Stretch[] = [];
  for (let date = first; date <= last; date = dayAfter(date)) {
    const closes = closedOnPurpose(version, dayAfter(date));
    for (const block of blocksOfDay(version, date)) {
      const open = { from: firstInstant(version.timeZone, date, block.from), to: lastInstant(version.timeZone, date, closes ? Math.min(block.to, 1_440) : block.to) };
      if (open.to > open.from) found.push(open);
    }
  }
  return found;
}

/** The version that counts at an instant: of a tag, else of the channel, else of the team, else the default; the calendar made first before others. */
function versionInForce(calendars: readonly Calendar[], spot: Spot, instant: number): CalendarVersion | undefined {
  const byAge = [...calendars].sort((a, b) => a.createdAt - b.createdAt || (a._id < b._id ? -1 : 1));
  const inForce = byAge.flatMap((calendar) => {
    const version = versionAt(calendar, instant);
    return version === undefined ? [] : [{ id: calendar._id, version }];
  });
  const tags = spot.tags.map((tag) => tag.trim().toLowerCase());
  const found = inForce.find(({ version }) => version.customerTags.some((tag) => tags.includes(tag.trim().toLowerCase())))
    ?? inForce.find(({ version }) => spot.channelId !== undefined && version.channelIds.includes(spot.channelId))
    ?? inForce.find(({ version }) => spot.teamId !== undefined && version.teamIds.includes(spot.teamId))
    ?? inForce.find(({ id }) => id === 'default');
  return found?.version;
}

/** Which version counts changes only where a day begins on which some version begins. */
function turningPoints(calendars: readonly Calendar[], stretch: Stretch): number[] {
  const begun = calendars.flatMap((calendar) => calendar.versions).flatMap((version) => version.since === undefined ? [] : [firstInstant(version.timeZone, version.since, 0)]);
  return [stretch.from, ...begun.filter((at) => at > stretch.from && at < stretch.to).sort((a, b) => a - b), stretch.to];
}

/** The open stretches within one, oldest first, overlapping blocks made one. */
export function openStretches(calendars: readonly Calendar[], spot: Spot, stretch: Stretch): Stretch[] {
  const points = turningPoints(calendars, stretch);
  const found: Stretch[] = [];
  for (let at = 1; at < points.length; at += 1) {
    const piece = { from: points[at - 1] ?? 0, to: points[at] ?? 0 };
    const version = versionInForce(calendars, spot, piece.from);
    for (const block of version === undefined ? [piece] : blocksIn(version, piece)) {
      const cut = { from: Math.max(block.from, piece.from), to: Math.min(block.to, piece.to) };
      if (cut.to > cut.from) found.push(cut);
    }
  }
  const merged: Stretch[] = [];
  for (const each of found.sort((a, b) => a.from - b.from)) {
    const before = merged.at(-1);
    if (before !== undefined && each.from <= before.to) before.to = Math.max(before.to, each.to);
    else merged.push({ ...each });
  }
  return merged;
}

export function openMs(calendars: readonly Calendar[], spot: Spot, stretch: Stretch): number {
  return openStretches(calendars, spot, stretch).reduce((sum, open) => sum + open.to - open.from, 0);
}

/** The instant by which so much open time has passed; `undefined` when it does not open enough within two years. */
export function afterOpen(calendars: readonly Calendar[], spot: Spot, from: number, ms: number): number | undefined {
  let left = ms;
  for (let week = 0; week < 104; week += 1) {
    for (const open of openStretches(calendars, spot, { from: from + week * 7 * day, to: from + (week + 1) * 7 * day })) {
      if (left <= open.to - open.from) return open.from + left;
      left -= open.to - open.from;
    }
  }
  return undefined;
}
