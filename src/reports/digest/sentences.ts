import type { ClockFigures, Report } from '../shapes.js';
import { changeWords, lengthWords, shareWords } from '../take-away/lengths.js';

/** One figure as it is told: what it is, how much, and how it compares. */
export interface Told {
  what: string;
  value: string;
  compared: string;
}

/** The sentence a digest begins with, and its subject: true of everybody who waited, not only of those who were answered. */
export function headline(report: Report): string {
  const { waits } = report.totals.now;
  if (waits === 0) return 'Nobody waited for an answer';
  const half = clock(report, 'now')?.all.p50;
  return half === undefined ? 'Fewer than half of customers had an answer yet' : `Half of customers had an answer within ${lengthWords(half, report.time)}`;
}

/** The figures at the top, as the page has them. */
export function toldFigures(report: Report): Told[] {
  const { now, before } = report.totals;
  const { target } = now;
  const decided = target.within + target.over;
  const old = before === undefined ? undefined : before.target.within + before.target.over;
  return [
    length('Half of those answered, within', report, 'p50'),
    length('9 of 10 of those answered, within', report, 'p90'),
    {
      what: 'Within target', value: shareWords(target.within, decided),
      compared: [`${target.within} of ${decided} waits`, ...(before === undefined || old === undefined || old === 0 ? [] : [`${shareWords(before.target.within, old)} before`])].join(', '),
    },
    { what: 'Waits', value: String(now.waits), compared: [...(before === undefined ? [] : [`${before.waits} before`]), ...(now.open > 0 ? [`${now.open} still open`] : [])].join(', ') },
    {
      what: 'We owe an answer now', value: customers(report.owed.customers),
      compared: [
        ...(report.owed.oldestSince === undefined ? [] : [`the oldest waits ${lengthWords(report.now - report.owed.oldestSince, 'calendar')}`]), ...(report.owed.overdue > 0 ? [`${report.owed.overdue} over target`] : []),
        ...(report.owed.inPublic > 0 ? [`${report.owed.inPublic} in public`] : []),
      ].join(', '),
    },
  ];
}

/** Which clock and which responses the figures are of. */
export function basisWords(report: Report): string {
  const kinds = { first: 'first answers', next: 'later answers', any: 'all answers' };
  const scopes = { everything: 'all teams', teams: 'your teams', own: 'your own answers' };
  return `${kinds[report.kind]}, ${report.time === 'business' ? 'business hours' : 'calendar time'}, ${scopes[report.scope.of]}, days in ${report.period.timeZone}`;
}

function length(what: string, report: Report, percent: 'p50' | 'p90'): Told {
  const now = clock(report, 'now');
  const value = now?.answered[percent];
  const before = clock(report, 'before')?.answered[percent];
  const all = now?.all[percent];
  const waiting = report.totals.now.open > 0;
  const notes = [
    ...(value !== undefined && before !== undefined ? [changeWords(value, before, report.time)] : []),
    ...(waiting && value !== undefined ? [all === undefined ? 'not so many yet, with those still waiting' : `${lengthWords(all, report.time)} with those still waiting`] : []),
  ];
  return { what, value: value === undefined ? 'nobody yet' : lengthWords(value, report.time), compared: notes.join('; ') };
}

function clock(report: Report, when: 'now' | 'before'): ClockFigures | undefined {
  return report.totals[when]?.[report.time];
}

function customers(count: number): string {
  return count === 1 ? '1 customer' : `${count} customers`;
}
