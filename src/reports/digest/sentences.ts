import { dayNumber, weekdayOfDay } from '../period.js';
import type { ClockFigures, Report } from '../shapes.js';
import { capital, type Voice, voiceIn } from './voice.js';

/** One figure as it is told: what it is, how much, and how it compares. */
export interface Told {
  what: string;
  value: string;
  compared: string;
}

const english = voiceIn('en');

/** The sentence a digest begins with, and its subject: true of everybody who waited, not only of those who were answered. */
export function headline(report: Report, { words, length }: Voice = english): string {
  const { waits } = report.totals.now;
  if (waits === 0) return words.headline.nobody;
  const half = clock(report, 'now')?.all.p50;
  return half === undefined ? words.headline.fewer : words.headline.half(length(half, report.time));
}

/** The figures at the top, as the page has them. */
export function toldFigures(report: Report, voice: Voice = english): Told[] {
  const { words, count } = voice;
  const { now, before } = report.totals;
  const { target } = now;
  const decided = target.within + target.over;
  const old = before === undefined ? undefined : before.target.within + before.target.over;
  const { owed } = report;
  return [
    lengthTold(words.figures.half, report, 'p50', voice),
    lengthTold(words.figures.nine, report, 'p90', voice),
    {
      what: words.figures.within, value: voice.share(target.within, decided),
      compared: [words.withinOf(count(target.within), count(decided)), ...(before === undefined || old === undefined || old === 0 ? [] : [words.before(voice.share(before.target.within, old))])].join(', '),
    },
    { what: words.figures.waits, value: count(now.waits), compared: [...(before === undefined ? [] : [words.before(count(before.waits))]), ...(now.open > 0 ? [words.stillOpen(count(now.open))] : [])].join(', ') },
    {
      what: words.figures.owed, value: words.customers(owed.customers, count(owed.customers)),
      compared: [
        ...(owed.oldestSince === undefined ? [] : [words.oldest(voice.length(report.now - owed.oldestSince, 'calendar'))]), ...(owed.overdue > 0 ? [words.over(count(owed.overdue))] : []),
        ...(owed.inPublic > 0 ? [words.inPublic(count(owed.inPublic))] : []),
      ].join(', '),
    },
  ];
}

/** Which clock and which responses the figures are of. */
export function basisWords(report: Report, { words }: Voice = english): string {
  return [words.kinds[report.kind], words.clocks[report.time], words.scopes[report.scope.of], words.daysIn(report.period.timeZone)].join(', ');
}

/** What is said of the day that stands out. */
export function remarkWords(report: Report, { words, ...voice }: Voice = english): string | undefined {
  if (report.remark === undefined) return undefined;
  const { day, value, why: { usual, people, arrivals, lay } } = report.remark;
  const { remark } = words;
  const weekday = voice.weekday(weekdayOfDay(dayNumber(day)));
  return [
    remark.first(capital(voice.dateWithWeekday(day)), voice.length(value, report.time), voice.length(usual, report.time)),
    ...(people === undefined ? [] : [remark.people(people.count, weekday, people.usual)]),
    ...(arrivals === undefined ? [] : [remark.arrivals(voice.count(arrivals.count), weekday, voice.count(arrivals.usual))]),
    ...(lay === undefined ? [] : [remark.lay(voice.share(lay.share, 1), remark.holders[lay.by])]),
  ].join(' ');
}

function lengthTold(what: string, report: Report, percent: 'p50' | 'p90', { words, length, change }: Voice): Told {
  const now = clock(report, 'now');
  const value = now?.answered[percent];
  const before = clock(report, 'before')?.answered[percent];
  const all = now?.all[percent];
  const waiting = report.totals.now.open > 0;
  const notes = [
    ...(value !== undefined && before !== undefined ? [change(value, before, report.time)] : []),
    ...(waiting && value !== undefined ? [all === undefined ? words.notSoMany : words.withWaiting(length(all, report.time))] : []),
  ];
  return { what, value: value === undefined ? words.nobodyYet : length(value, report.time), compared: notes.join('; ') };
}

function clock(report: Report, when: 'now' | 'before'): ClockFigures | undefined {
  return report.totals[when]?.[report.time];
}
