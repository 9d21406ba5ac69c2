import type { ReportQuery } from '../api.js';
import type { Language } from '../../inbox/model/people.js';
import type { Receipt, ReceiptPage, Report } from '../shapes.js';
import { trendInWords } from './chart.js';
import { groupName } from './group-name.js';
import { basisWords, headline, remarkWords, type Told, toldFigures } from './sentences.js';
import { type Voice, voiceIn } from './voice.js';
import type { DigestWords } from './words/words.js';

/** What a digest tells, before it is laid out. Names in it come from outside and are escaped by whoever lays it out. */
export interface Story {
  words: DigestWords;
  /** The digest's own name. */
  name: string;
  headline: string;
  /** "16 to 22 Nov 2026" */
  period: string;
  basis: string;
  figures: Told[];
  remark: string | undefined;
  chart: { alt: string; note: string };
  groups: { by: string; rows: GroupLine[]; more: string | undefined; note?: string } | undefined;
  owed: OwedLine[];
  /** How many waits are not listed, when some are not. */
  owedMore: string | undefined;
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
  /** "waits 2 d" */
  waits: string;
  over: boolean;
  link: string;
}

const shownGroups = 20;

/** Puts a report into words for a mail. */
export function storyOf(answers: { report: Report; owed: ReceiptPage }, query: ReportQuery, context: { name: string; publicUrl: string; language?: Language }): Story {
  const { report, owed } = answers;
  const address = addressOf(query);
  const voice = voiceIn(context.language ?? 'en');
  const { words } = voice;
  const more = (count: number): string | undefined => (count > 0 ? words.more(voice.count(count)) : undefined);
  return {
    name: context.name,
    words,
    headline: headline(report, voice),
    period: voice.period(report.period.firstDay, report.period.lastDay),
    basis: basisWords(report, voice),
    figures: toldFigures(report, voice),
    remark: remarkWords(report, voice),
    chart: {
      alt: trendInWords(report.trend, report.time, voice),
      note: words.trend.note(isWeekly(report) ? 'week' : 'day', report.before !== undefined),
    },
    groups: groupsOf(report, voice, more),
    owed: owed.items.map((wait) => owedLine(wait, { now: report.now, publicUrl: context.publicUrl, voice })),
    owedMore: more(owed.total - owed.items.length),
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

function groupsOf(report: Report, voice: Voice, more: (count: number) => string | undefined): Story['groups'] {
  const by = report.groupBy;
  if (by === undefined || report.groups.length === 0) return undefined;
  const words = (ms: number | undefined): string => (ms === undefined ? '–' : voice.length(ms, report.time));
  const rows = report.groups.slice(0, shownGroups).map(({ key, now }) => ({
    name: groupName(by, key, voice), answered: voice.count(now.answered), half: words(now[report.time].answered.p50), nine: words(now[report.time].answered.p90), within: voice.share(now.target.within, now.target.within + now.target.over),
  }));
  return { by: voice.words.groups.by[by], rows, more: more(report.groups.length - rows.length), ...(by === 'responder' ? { note: voice.words.groups.credit } : {}) };
}

function owedLine(wait: Receipt, { now, publicUrl, voice }: { now: number; publicUrl: string; voice: Voice }): OwedLine {
  return {
    name: wait.customer.name, about: [wait.subject ?? '', wait.channel.name].filter((word) => word !== '').join(', '), waits: voice.words.owed.waits(voice.length(now - wait.from, 'calendar')),
    over: wait.target !== undefined && wait.target.dueAt <= now, link: `${publicUrl}/c/${encodeURIComponent(wait.conversationId)}`,
  };
}

function isWeekly({ trend }: Report): boolean {
  const [first, second] = trend;
  return first !== undefined && second !== undefined && Date.parse(second.day) - Date.parse(first.day) > 86_400_000;
}
