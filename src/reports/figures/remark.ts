import { answered, holderKinds } from '../columns/layouts.js';
import { lengthInWords } from '../../inbox/targets/length-in-words.js';
import { dayNumber, dayOfWall, type Period, startOfDay, weekdayOfDay } from '../period.js';
import type { RemarkFacts, Report, TrendPoint } from '../shapes.js';
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
  const why: RemarkFacts = { usual, ...fewerPeople(selection, worst, facts), ...moreArrivals(trend, worst), ...mostOfTheTime(selection, worst) };
  const first = `${shownDay(worst.day)}: nine of ten were answered within ${lengthInWords(worst.p90, time)}, on a usual day within ${lengthInWords(usual, time)}.`;
  return { day: worst.day, value: worst.p90, text: [first, ...inWords(worst.day, why)].join(' '), pick: `day:${worst.day}`, why };
}

function inWords(day: string, { people, arrivals, lay }: RemarkFacts): string[] {
  const others = `on other ${weekdays[weekdayOfDay(dayNumber(day))] ?? ''}s`;
  return [
    ...(people === undefined ? [] : [`${people.count === 0 ? 'Nobody' : people.count === 1 ? 'One person' : `${people.count} people`} answered, ${others} ${people.usual}.`]),
    ...(arrivals === undefined ? [] : [`${arrivals.count} began to wait, ${others} ${arrivals.usual}.`]),
    ...(lay === undefined ? [] : [`${Math.round(100 * lay.share)} % of the time it lay ${holderWords[lay.by]}.`]),
  ];
}

/** Who answered on each day, whatever was answered. */
function fewerPeople(selection: Selection, worst: TrendPoint, { period, wall }: { period: Period; wall: (at: number) => number }): Pick<RemarkFacts, 'people'> {
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
  return usual === undefined || then >= usual ? {} : { people: { count: then, usual } };
}

function moreArrivals(trend: readonly TrendPoint[], worst: TrendPoint): Pick<RemarkFacts, 'arrivals'> {
  const weekday = weekdayOfDay(dayNumber(worst.day));
  const usual = medianOf(trend.flatMap(({ day, waits }) => (day !== worst.day && weekdayOfDay(dayNumber(day)) === weekday ? [waits] : [])));
  return usual === undefined || usual === 0 || worst.waits < manyMore * usual ? {} : { arrivals: { count: worst.waits, usual } };
}

function mostOfTheTime(selection: Selection, worst: TrendPoint): Pick<RemarkFacts, 'lay'> {
  const of = new Int32Array(selection.size).fill(-1);
  for (let place = 0; place < selection.size; place += 1) {
    const from = selection.from(place);
    if (from >= worst.from && from < worst.to) of[place] = 0;
  }
  const [sums = {}] = whereOf(selection, selection.view.query.time, { parts: 1, of });
  const total = Object.values(sums).reduce((sum, ms) => sum + ms, 0);
  const most = [...holderKinds].sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0))[0] ?? 'agent';
  return total === 0 ? {} : { lay: { share: (sums[most] ?? 0) / total, by: most } };
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
