import type { Millis } from '../../inbox/model/common.js';
import { dayOfWall, hourOfWall, type Period, wallClock, weekdayOfDay } from '../period.js';

export const hoursAWeek = 168;
const hourMs = 3_600_000;

/** Which hour of which day, and of the week, an instant of a period lies in, by the period's own clock. */
export class HoursOfWeek {
  private readonly wall: (at: Millis) => number;
  /** How often each weekday comes in the period. */
  private readonly days = new Array<number>(7).fill(0);

  constructor(readonly period: Period) {
    this.wall = wallClock(period.timeZone, period.from, period.to);
    const first = dayOfWall(this.wall(period.from));
    for (let day = first; day < first + period.days; day += 1) this.days[weekdayOfDay(day)] = (this.days[weekdayOfDay(day)] ?? 0) + 1;
  }

  /** 0 = Monday 00:00 … 167 = Sunday 23:00. */
  ofWeek(at: Millis): number {
    const wall = this.wall(at);
    return weekdayOfDay(dayOfWall(wall)) * 24 + hourOfWall(wall);
  }

  /** The same for every instant of one hour of one day. */
  ofAll(at: Millis): number {
    return Math.floor(this.wall(at) / hourMs);
  }

  /** The hour of the week of an hour given by `ofAll`. */
  weekHourOf(hour: number): number {
    const wall = hour * hourMs;
    return weekdayOfDay(dayOfWall(wall)) * 24 + hourOfWall(wall);
  }

  /** When the next hour of the clock on the wall begins, after this instant. */
  endOfHour(at: Millis): Millis {
    const wall = this.wall(at);
    return at + hourMs - (wall - Math.floor(wall / hourMs) * hourMs);
  }

  /** This instant when an hour begins with it, else when the next one does. */
  firstHourFrom(at: Millis): Millis {
    return this.endOfHour(at - 1);
  }

  /** How often this hour of the week comes in the period. */
  times(weekHour: number): number {
    return this.days[Math.floor(weekHour / 24)] ?? 0;
  }
}

/** To a hundredth. */
export function average(count: number, times: number): number {
  return times === 0 ? 0 : Math.round(100 * count / times) / 100;
}
