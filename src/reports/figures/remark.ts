import { answered, holderKinds } from '../columns/layouts.js';
import { lengthInWords } from '../../inbox/targets/length-in-words.js';
import { dayNumber, dayOfWall, type Period, startOfDay, weekdayOfDay } from '../period.js';
import type { Report, TrendPoint } from '../shapes.js';
import { weekdays } from './grouping.js';
import { whereOf } from './groups.js';
import type { Selection } from './selection.js';
import { goesByWeeks } from './trend.js';

const timesTheMedian = 2;
const fewestWaits = 5;
const manyMore = 1.5;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const holderWords = { bot: 'with the bot', unassigned: 'with nobody', agent: 'with an agent', snoozed: 'snoozed', customer: 'with the customer' } as const;

/** The day on which nine of ten waited far longer than on others, with why as far as facts tell. Absent when none does. */
export function remarkOf(selection: Selection, trend: readonly TrendPoint[], facts: { period: Period; wall: (at: number) => number }): Report['remark'] {
  if (goesByWeeks(facts.period)) return undefined;
  const usual = medianOf(trend.flatMap(({ p90 }) => p90 ?? []));
  const odd = trend.filter(({ waits, p90 }) => waits >= fewestWaits && p90 !== undefined && usual !== undefined && p90 >= timesTheMedian * usual && p90 > 0);
  const [worst] = odd.sort((a, b) => (b.p90 ?? 0) - (a.p90 ?? 0));
  if (worst?.p90 === undefined || usual === undefined) return undefined;
  const { time } = selection.view.query;
  const why = [...fewerPeople(selection, worst, facts), ...moreArrivals(trend, worst), ...mostOfTheTime(selection, worst)];
  const first = `${shownDay(worst.day)}: nine of ten were answered within ${lengthInWords(worst.p90, time)}, on a usual day within ${lengthInWords(usual, time)}.`;
  return { day: worst.day, value: worst.p90, text: [first, ...why].join(' '), pick: `day:${worst.day}` };
}

/** Who answered on each day, whatever was answered. */
function fewerPeople(selection: Selection, worst: TrendPoint, { period, wall }: { period: Period; wall: (at: number) => number }): string[] {
  const first = dayNumber(period.firstDay);
  const people = Array.from({ length: period.days }, () => new Set<number>());
  const lengths = selection.lengths('calendar');
  const { responder } = selection.view.waits.at;
  const last = startOfDay(dayNumber(period.lastDay) + 1, period.timeZone);
  for (let place = 0; place < selection.size; place += 1) {
    const end = selection.from(place) + (lengths[place] as number);
    if (selection.state(place) === answered && end < last) people[dayOfWall(wall(end)) - first]?.add(responder[selection.rows[place] as number] as number);
  }
  const day = dayNumber(worst.day);
  const others = people.flatMap((set, index) => (first + index !== day && weekdayOfDay(first + index) === weekdayOfDay(day) ? [set.size] : []));
  const usual = medianOf(others);
  const then = people[day - first]?.size ?? 0;
  if (usual === undefined || then >= usual) return [];
  return [`${then === 0 ? 'Nobody' : then === 1 ? 'One person' : `${then} people`} answered, on other ${weekdays[weekdayOfDay(day)]}s ${usual}.`];
}

function moreArrivals(trend: readonly TrendPoint[], worst: TrendPoint): string[] {
  const weekday = weekdayOfDay(dayNumber(worst.day));
  const usual = medianOf(trend.flatMap(({ day, waits }) => (day !== worst.day && weekdayOfDay(dayNumber(day)) === weekday ? [waits] : [])));
  return usual === undefined || usual === 0 || worst.waits < manyMore * usual ? [] : [`${worst.waits} began to wait, on other ${weekdays[weekday]}s ${usual}.`];
}

function mostOfTheTime(selection: Selection, worst: TrendPoint): string[] {
  const of = new Int32Array(selection.size).fill(-1);
  for (let place = 0; place < selection.size; place += 1) {
    const from = selection.from(place);
    if (from >= worst.from && from < worst.to) of[place] = 0;
  }
  const [sums = {}] = whereOf(selection, selection.view.query.time, { parts: 1, of });
  const total = Object.values(sums).reduce((sum, ms) => sum + ms, 0);
  const most = [...holderKinds].sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0))[0] ?? 'agent';
  return total === 0 ? [] : [`${Math.round(100 * (sums[most] ?? 0) / total)} % of the time it lay ${holderWords[most]}.`];
}

function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length / 2) - 1)];
}

/** "Tue 10 Nov" */
function shownDay(day: string): string {
  const number = dayNumber(day);
  return `${weekdays[weekdayOfDay(number)]?.slice(0, 3)} ${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]}`;
}
