import { assertNever } from '../../errors.js';
import type { Millis } from '../../inbox/model/common.js';
import type { Asking, ReportQuery } from '../api.js';
import type { ReportSource, StaffingWanted } from './answers.js';
import { conversationsTable } from './conversations-table.js';
import { csvOf, jsonOf } from './csv.js';
import { mostListed } from './list-table.js';
import { groupsTable, heatTable, staffingTable, trendTable } from './part-tables.js';
import { reportTable } from './report-table.js';
import type { Table } from './tables.js';
import { waitsTable } from './waits-table.js';
import { isoTime } from './zone-times.js';

export type What = 'report' | 'groups' | 'waits' | 'conversations' | 'trend' | 'heat' | 'staffing';

export interface FileWanted {
  what: What;
  format: 'csv' | 'json';
  query: ReportQuery;
  pick?: string;
  /** Of `staffing`, beside the query. */
  staffing?: Pick<StaffingWanted, 'share' | 'targetMinutes' | 'handlingMinutes' | 'concurrent'>;
}

export interface FileContext {
  publicUrl: string;
  teamName: (id: string) => string;
  /** A list ends after so many; 100,000 when absent. */
  most?: number;
}

export interface MadeFile {
  name: string;
  mime: string;
  /** Pieces of text, made while they are read. The first figures have been asked for already, so that what is refused is refused before. */
  text: AsyncIterable<string>;
}

/**
 * A report as a file: the same query, asked through the same source with the same scope as the page, and no number
 * rounded. Does IO. Throws what the source throws.
 */
export async function makeFile(source: ReportSource, asking: Asking, wanted: FileWanted, context: FileContext): Promise<MadeFile> {
  const { what, format, query } = wanted;
  const { table, cut, extra } = await tableFor(source, asking, wanted, context);
  const name = nameOf(what, query, cut() === undefined ? '' : `-first-${context.most ?? mostListed}`, format);
  if (format === 'csv') return { name, mime: 'text/csv; charset=utf-8', text: csvOf(table, cut) };
  const about = { what, madeAt: isoTime(asking.now, query.zone), query, pick: wanted.pick, scope: { of: asking.scope.of, teamIds: asking.scope.teamIds, names: asking.scope.names }, definitions: source.definitions().map((each) => each.id), ...extra };
  return { name, mime: 'application/json; charset=utf-8', text: jsonOf(about, table, cut) };
}

async function tableFor(source: ReportSource, asking: Asking, { what, query, pick, staffing }: FileWanted, context: FileContext): Promise<{ table: Table; cut: () => string | undefined; extra?: Record<string, unknown> }> {
  const whole = (): undefined => undefined;
  const picked = pick === undefined ? {} : { pick };
  const listed = { zone: query.zone, publicUrl: context.publicUrl, teamName: context.teamName };
  switch (what) {
    case 'waits':
      return waitsTable((at) => source.receipts(asking, query, { sort: 'oldest', bare: true, ...picked, ...at }), listed, context.most);
    case 'conversations':
      return conversationsTable((at) => source.conversations(asking, query, { sort: 'oldest', ...picked, ...at }), listed, context.most);
    case 'staffing': {
      const answer = await source.staffing(asking, { ...query, ...staffing });
      const { hours: _, ...assumed } = answer;
      return { table: staffingTable(answer), cut: whole, extra: assumed };
    }
    case 'report': case 'groups': case 'trend': case 'heat': {
      const answer = await source.report(asking, query);
      const { period, before, exact, relativeError, time, kind } = answer;
      return { table: reportPart(what, answer), cut: whole, extra: { period: spanOf(period, query.zone), ...(before === undefined ? {} : { before: spanOf(before, query.zone) }), exact, relativeError, time, kind } };
    }
    default: return assertNever(what);
  }
}

function reportPart(what: 'report' | 'groups' | 'trend' | 'heat', answer: Parameters<typeof reportTable>[0]): Table {
  return { report: reportTable, groups: groupsTable, trend: trendTable, heat: heatTable }[what](answer);
}

function spanOf(span: { from: Millis; to: Millis; firstDay: string; lastDay: string }, zone: string): Record<string, string> {
  return { from: isoTime(span.from, zone), to: isoTime(span.to, zone), firstDay: span.firstDay, lastDay: span.lastDay };
}

/** `rapport-response-times-2026-10-26-to-2026-11-22.csv` */
function nameOf(what: What, query: ReportQuery, note: string, format: string): string {
  const words: Record<What, string> = { report: 'response-times', groups: `response-times-by-${query.groupBy ?? 'group'}`, waits: 'waits', conversations: 'conversations', trend: 'trend', heat: 'heatmap', staffing: 'staffing' };
  return `rapport-${words[what]}-${query.from}-to-${query.to}${note}.${format}`;
}
