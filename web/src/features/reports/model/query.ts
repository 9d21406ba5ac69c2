import type { GroupBy } from '../../../lib/shapes.js';
import { dayIn, daysOf, periodNames, type Days, type PeriodName } from './period.js';

export const groupBys = ['team', 'responder', 'channel', 'language', 'tag', 'priority', 'hour', 'weekday', 'customer'] as const satisfies readonly GroupBy[];
const kinds = ['first', 'next', 'any'] as const;
/** Filters that may have several values. */
export const listFilters = ['team', 'responder', 'channel', 'language', 'tag', 'priority'] as const;
export type ListFilter = (typeof listFilters)[number];
export const groupSorts = ['name', 'waits', 'p50', 'p90', 'target'] as const;
export type GroupSort = (typeof groupSorts)[number];

/**
 * The address of the report page: the words of `GET /reports` (`requests-reports.ts`), so that what is seen can be shared
 * and saved. What is absent is the usual. Beyond the API's words: `period`, which moves along with the days, and how the
 * page is looked at (`heat`, `order`).
 */
export type ReportSearch = Partial<Record<ListFilter, string>> & {
  period?: PeriodName;
  from?: string;
  to?: string;
  zone?: string;
  compare?: 'none';
  kind?: 'next' | 'any';
  time?: 'calendar';
  groupBy?: GroupBy;
  customer?: 'new' | 'known';
  imported?: 0 | 1;
  average?: 1;
  heat?: 'arrivals';
  /** Column of the groups, `-` before it for the other way round. */
  order?: string;
};

/** What the API is asked: every word said, days fixed. */
export type ReportQuery = Days & { zone: string; compare: 'before' | 'none'; kind: 'first' | 'next' | 'any'; time: 'calendar' | 'business' } & Partial<Record<ListFilter | 'groupBy' | 'customer' | 'imported' | 'average', string>>;

/** Reads an address; what is not understood is left out. */
export function reportSearch(raw: Record<string, unknown>): ReportSearch {
  const found: ReportSearch = {};
  const period = oneOf(raw['period'], periodNames);
  const from = dayOf(raw['from']);
  const to = dayOf(raw['to']);
  if (period !== undefined) found.period = period;
  else if (from !== undefined && to !== undefined) Object.assign(found, from <= to ? { from, to } : { from: to, to: from });
  const zone = textOf(raw['zone']);
  if (zone !== undefined && isZone(zone)) found.zone = zone;
  if (raw['compare'] === 'none') found.compare = 'none';
  const kind = oneOf(raw['kind'], kinds);
  if (kind !== undefined && kind !== 'first') found.kind = kind;
  if (raw['time'] === 'calendar') found.time = 'calendar';
  const groupBy = oneOf(raw['groupBy'], groupBys);
  if (groupBy !== undefined) found.groupBy = groupBy;
  for (const filter of listFilters) {
    const values = textOf(raw[filter]);
    if (values !== undefined) found[filter] = values;
  }
  const customer = oneOf(raw['customer'], ['new', 'known'] as const);
  if (customer !== undefined) found.customer = customer;
  const imported = textOf(raw['imported']);
  if (imported === '0' || imported === '1') found.imported = imported === '1' ? 1 : 0;
  if (textOf(raw['average']) === '1') found.average = 1;
  if (raw['heat'] === 'arrivals') found.heat = 'arrivals';
  const order = textOf(raw['order']);
  if (order !== undefined && oneOf(order.replace('-', ''), groupSorts) !== undefined) found.order = order;
  return found;
}

/** What to ask the API for this address now. `zone` is the company's. */
export function reportQuery(search: ReportSearch, at: { now: number; zone: string }): ReportQuery {
  const zone = search.zone ?? at.zone;
  const days = search.from !== undefined && search.to !== undefined ? { from: search.from, to: search.to } : daysOf(search.period ?? 'last28', dayIn(at.now, zone));
  const query: ReportQuery = { ...days, zone, compare: search.compare ?? 'before', kind: search.kind ?? 'first', time: search.time ?? 'business', groupBy: search.groupBy ?? 'responder' };
  for (const filter of [...listFilters, 'customer'] as const) {
    const value = search[filter];
    if (value !== undefined) query[filter] = value;
  }
  if (search.imported !== undefined) query.imported = String(search.imported);
  if (search.average !== undefined) query.average = '1';
  return query;
}

/** The same as text, without the `?`: for `POST /reports/recompute`, saved reports and digests. */
export function queryText(query: ReportQuery): string {
  return new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined)).toString();
}

/** The address of the waits behind a number of this report. */
export function waitsAddress(search: ReportSearch, pick: string, sort?: string): string {
  return listAddress('waits', search, { pick, sort });
}

/** The address of the conversations behind a number of this report. */
export function conversationsAddress(search: ReportSearch, pick: string, sort?: ConversationSort): string {
  return listAddress('conversations', search, { pick, sort });
}

function listAddress(list: 'waits' | 'conversations', search: ReportSearch, { pick, sort }: { pick: string; sort: string | undefined }): string {
  const { heat: _heat, order: _order, ...asked } = search;
  const words = Object.entries({ ...asked, ...(pick === '' ? {} : { pick }), ...(sort === undefined ? {} : { sort }) }).map(([key, value]): [string, string] => [key, String(value)]);
  return `/reports/${list}?${new URLSearchParams(words).toString()}`;
}

export const waitSorts = ['longest', 'newest', 'oldest'] as const;
export type WaitSort = (typeof waitSorts)[number];
export type WaitsSearch = ReportSearch & { pick?: string; sort?: WaitSort };

/** Reads the address of the page of waits. */
export function waitsSearch(raw: Record<string, unknown>): WaitsSearch {
  const pick = textOf(raw['pick']);
  const sort = oneOf(raw['sort'], waitSorts);
  return { ...reportSearch(raw), ...(pick === undefined ? {} : { pick }), ...(sort === undefined || sort === 'longest' ? {} : { sort }) };
}

export const conversationSorts = ['newest', 'oldest', 'longest'] as const;
export type ConversationSort = (typeof conversationSorts)[number];
export type ConversationsSearch = ReportSearch & { pick?: string; sort?: ConversationSort };

/** Reads the address of the page of conversations. */
export function conversationsSearch(raw: Record<string, unknown>): ConversationsSearch {
  const pick = textOf(raw['pick']);
  const sort = oneOf(raw['sort'], conversationSorts);
  return { ...reportSearch(raw), ...(pick === undefined ? {} : { pick }), ...(sort === undefined || sort === 'newest' ? {} : { sort }) };
}

function textOf(value: unknown): string | undefined {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof text === 'string' && text !== '' && text.length <= 4_000 ? text : undefined;
}

function oneOf<T extends string>(value: unknown, all: readonly T[]): T | undefined {
  return all.find((one) => one === value);
}

function dayOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const at = Date.parse(`${value}T00:00:00Z`);
  return Number.isFinite(at) && value >= '1970' && value < '3000' && new Date(at).toISOString().startsWith(value) ? value : undefined;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
