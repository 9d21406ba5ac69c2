import type { ReportQuery } from '../api.js';
import type { Receipt, ReceiptPage, Report } from '../shapes.js';
import { lengthWords, shareWords } from '../take-away/lengths.js';
import { periodWords } from '../take-away/zone-times.js';
import { trendInWords } from './chart.js';
import { basisWords, headline, type Told, toldFigures } from './sentences.js';

/** What a digest tells, before it is laid out. Names in it come from outside and are escaped by whoever lays it out. */
export interface Story {
  /** The digest's own name. */
  name: string;
  headline: string;
  /** "16 to 22 Nov 2026" */
  period: string;
  basis: string;
  figures: Told[];
  remark: string | undefined;
  chart: { alt: string; note: string };
  groups: { by: string; rows: GroupLine[]; more: number } | undefined;
  owed: OwedLine[];
  /** Waits that are not listed. */
  owedMore: number;
  links: { report: string; owed: string };
}

export interface GroupLine {
  name: string;
  answered: string;
  half: string;
  nine: string;
  within: string;
}

export interface OwedLine {
  name: string;
  about: string;
  waits: string;
  over: boolean;
  link: string;
}

const shownGroups = 20;

/** Puts a report into words for a mail. */
export function storyOf(answers: { report: Report; owed: ReceiptPage }, query: ReportQuery, context: { name: string; publicUrl: string }): Story {
  const { report, owed } = answers;
  const address = addressOf(query);
  return {
    name: context.name,
    headline: headline(report),
    period: periodWords(report.period.firstDay, report.period.lastDay),
    basis: basisWords(report),
    figures: toldFigures(report),
    remark: report.remark?.text,
    chart: {
      alt: trendInWords(report.trend, report.time),
      note: `9 of 10 answered within, and half; each ${report.trend.length > 1 && isWeekly(report) ? 'week' : 'day'}${report.before === undefined ? '' : '; dashed: the period before'}`,
    },
    groups: groupsOf(report),
    owed: owed.items.map((wait) => owedLine(wait, report.now, context.publicUrl)),
    owedMore: Math.max(0, owed.total - owed.items.length),
    links: { report: `${context.publicUrl}/reports?${address}`, owed: `${context.publicUrl}/reports/waits?${address}&pick=owed%3A1` },
  };
}

/** The page's address for these days; filters as they were asked for. */
function addressOf(query: ReportQuery): string {
  const pairs = Object.entries(query).flatMap(([key, value]): [string, string][] => {
    if (value === undefined) return [];
    if (Array.isArray(value)) return [[key, value.join(',')]];
    return [[key, value === true ? '1' : value === false ? '0' : String(value)]];
  });
  return pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&');
}

function groupsOf(report: Report): Story['groups'] {
  if (report.groupBy === undefined || report.groups.length === 0) return undefined;
  const words = (ms: number | undefined): string => (ms === undefined ? '–' : lengthWords(ms, report.time));
  const rows = report.groups.slice(0, shownGroups).map(({ key, now }) => ({
    name: report.groupBy === 'responder' && key.id === 'none' ? 'Not answered' : key.name, answered: String(now.answered), half: words(now[report.time].answered.p50), nine: words(now[report.time].answered.p90), within: shareWords(now.target.within, now.target.within + now.target.over),
  }));
  return { by: { team: 'team', responder: 'who answered', channel: 'channel', language: 'language', tag: 'tag', priority: 'priority', hour: 'hour', weekday: 'weekday', customer: 'new and known customers' }[report.groupBy], rows, more: report.groups.length - rows.length };
}

function owedLine(wait: Receipt, now: number, publicUrl: string): OwedLine {
  return {
    name: wait.customer.name, about: [wait.subject ?? '', wait.channel.name].filter((word) => word !== '').join(', '), waits: lengthWords(now - wait.from, 'calendar'),
    over: wait.target !== undefined && wait.target.dueAt <= now, link: `${publicUrl}/c/${encodeURIComponent(wait.conversationId)}`,
  };
}

function isWeekly({ trend }: Report): boolean {
  const [first, second] = trend;
  return first !== undefined && second !== undefined && Date.parse(second.day) - Date.parse(first.day) > 86_400_000;
}
