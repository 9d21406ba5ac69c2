import type { CaseFigures, Figures, Report } from '../shapes.js';
import { figureColumns } from './figure-columns.js';
import { type ClockKind, lengthWords, shareWords } from './lengths.js';
import { type Cell, type Column, lengthColumns, type Table, tableOf } from './tables.js';

interface Line {
  part: string;
  figure: string;
  now: Cell;
  nowWords?: string | undefined;
  before?: Cell;
  beforeWords?: string | undefined;
}

const columns: readonly Column<Line>[] = [
  { key: 'part', title: 'Part', cell: (line) => line.part },
  { key: 'figure', title: 'Figure', cell: (line) => line.figure },
  { key: 'now', title: 'Value', cell: (line) => line.now },
  { key: 'nowWords', title: 'In words', cell: (line) => line.nowWords },
  { key: 'before', title: 'Period before', cell: (line) => line.before },
  { key: 'beforeWords', title: 'Period before in words', cell: (line) => line.beforeWords },
];

const holders: Readonly<Record<string, string>> = { bot: 'With the bot', unassigned: 'With nobody', agent: 'With an agent', snoozed: 'Snoozed', customer: 'Waiting for the customer', undelivered: 'An answer did not arrive' };

/** The whole report as one table: a figure a row, beside it the period before. */
export function reportTable(report: Report): Table {
  return tableOf(columns, [...figureLines(report), ...caseLines(report), ...owedLines(report), ...whereLines(report), ...shapeLines(report)]);
}

/** Totals are read by the very columns that groups are written with, so that the two cannot differ. */
function figureLines({ totals }: Report): Line[] {
  const read = figureColumns<Figures>({ key: '', title: '' }, (figures) => figures);
  return pairs(read, totals.now, totals.before).map((line) => ({ part: 'Waits', ...line }));
}

function caseLines({ cases }: Report): Line[] {
  const count = (key: string, title: string, cell: (each: CaseFigures) => Cell): Column<CaseFigures> => ({ key, title, cell });
  const three = (key: string, title: string, clock: ClockKind, read: (each: CaseFigures) => { p50?: number | undefined; p90?: number | undefined; p95?: number | undefined }): Column<CaseFigures>[] => [
    ...lengthColumns<CaseFigures>(`${key}P50`, `${title}: half within`, clock, (each) => read(each).p50), ...lengthColumns<CaseFigures>(`${key}P90`, `${title}: 9 of 10 within`, clock, (each) => read(each).p90),
    ...lengthColumns<CaseFigures>(`${key}P95`, `${title}: 19 of 20 within`, clock, (each) => read(each).p95),
  ];
  const read: Column<CaseFigures>[] = [
    count('conversations', 'Conversations', (each) => each.conversations), count('resolved', 'Resolved, and held', (each) => each.resolved),
    ...three('resolutionCalendar', 'Resolution, calendar time', 'calendar', (each) => each.resolution.calendar), ...three('resolutionBusiness', 'Resolution, business time', 'business', (each) => each.resolution.business),
    ...three('timeToAssign', 'Time to assign', 'calendar', (each) => each.timeToAssign),
    count('reopened', 'Reopened', (each) => each.reopened), count('transfers', 'Transfers', (each) => each.transfers),
    count('touches', 'Touches', (each) => each.touches.total), count('touchesMedian', 'Touches, median', (each) => each.touches.median),
    count('contactsCustomers', 'Customers solved', (each) => each.contactsUntilSolved.customers), count('contactsOnce', 'Solved with one contact', (each) => each.contactsUntilSolved.once),
    count('contactsMedian', 'Contacts until solved, median', (each) => each.contactsUntilSolved.median),
    count('botHelped', 'Bot helped', (each) => each.bot.helped), count('botHandedOver', 'Bot handed over', (each) => each.bot.handedOver), count('botSilent', 'Bot silent', (each) => each.bot.silent),
  ];
  return pairs(read, cases.now, cases.before).map((line) => ({ part: 'Conversations', ...line }));
}

function owedLines({ owed, now, corrections }: Report): Line[] {
  const since = owed.oldestSince === undefined ? undefined : now - owed.oldestSince;
  return [
    { part: 'We owe an answer', figure: 'Customers', now: owed.customers }, { part: 'We owe an answer', figure: 'Of them in public', now: owed.inPublic }, { part: 'We owe an answer', figure: 'Of them over target', now: owed.overdue },
    { part: 'We owe an answer', figure: 'Oldest waits (ms, calendar time)', now: since, nowWords: words(since) },
    { part: 'Corrections', figure: 'Facts corrected after the period had ended', now: corrections.count },
  ];
}

function whereLines({ where, breaches, notNeeded, time }: Report): Line[] {
  const over = breaches.reduce((sum, each) => sum + each.count, 0);
  return [
    ...where.map((each) => ({ part: 'Where the time went', figure: `${holders[each.by] ?? each.by} (ms)`, now: each.ms, nowWords: `${lengthWords(each.ms, time)}, ${shareWords(each.share, 1)}` })),
    ...breaches.map((each) => ({ part: 'Over target because', figure: holders[each.reason] ?? each.reason, now: each.count, nowWords: shareWords(each.count, over) })),
    ...notNeeded.map((each) => ({ part: 'No answer needed, said by', figure: each.key.name, now: each.count })),
  ];
}

function shapeLines({ histogram, curve, time }: Report): Line[] {
  return [
    ...histogram.map((bin) => ({ part: 'Distribution', figure: bin.to === undefined ? `${lengthWords(bin.from, time)} and longer` : `${lengthWords(bin.from, time)} to ${lengthWords(bin.to, time)}`, now: bin.count })),
    ...curve.flatMap((point) => [
      { part: 'Answered within, of those answered', figure: lengthWords(point.at, time), now: point.answered, nowWords: shareWords(point.answered, 1) },
      { part: 'Answered within, of all', figure: lengthWords(point.at, time), now: point.all, nowWords: shareWords(point.all, 1) },
    ]),
  ];
}

/** A length's two columns become one line: the number, and the words beside it. */
function pairs<R>(read: readonly Column<R>[], now: R, before: R | undefined): Omit<Line, 'part'>[] {
  return read.flatMap((column, index) => {
    if (column.key.endsWith('Words')) return [];
    const words = read[index + 1]?.key === column.key.replace(/Ms$/, 'Words') ? read[index + 1] : undefined;
    const old = before === undefined ? undefined : column.cell(before);
    return [{ figure: column.title, now: column.cell(now), nowWords: text(words?.cell(now)), before: old, beforeWords: before === undefined ? undefined : text(words?.cell(before)) }];
  });
}

function text(cell: Cell): string | undefined {
  return cell === undefined ? undefined : String(cell);
}

function words(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : lengthWords(ms, 'calendar');
}
