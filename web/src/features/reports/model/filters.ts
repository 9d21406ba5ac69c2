import { channelWords } from '../../../lib/channel-words.js';
import type { Me, Report } from '../../../lib/shapes.js';
import { listFilters, type ListFilter, type ReportSearch } from './query.js';
import { languageWord } from './report-words.js';

/** One thing that the report is narrowed to, as a word that can be taken away. */
export interface FilterWord {
  /** `team:ID`: the same as in the choices. */
  id: string;
  label: string;
}
export interface FilterChoice extends FilterWord {
  group: string;
  hint?: string;
  chosen: boolean;
}

/** What names are taken from. */
export interface Names {
  me: Pick<Me, 'agents' | 'teams' | 'channels'>;
  report?: Pick<Report, 'groupBy' | 'groups' | 'scope'> | undefined;
}

const headings: Readonly<Record<ListFilter, string>> = { team: 'Team', responder: 'Who answered', channel: 'Channel', language: 'Language', tag: 'Tag', priority: 'Priority' };
const languages = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pl', 'pt', 'da', 'sv', 'cs', 'tr'];

export function valuesOf(search: ReportSearch, filter: ListFilter): string[] {
  return (search[filter] ?? '').split(',').filter((value) => value !== '');
}

/** The filters of an address in words, in the order in which they are offered. */
export function filterWords(search: ReportSearch, names: Names): FilterWord[] {
  const words = listFilters.flatMap((filter) => valuesOf(search, filter).map((value) => ({ id: `${filter}:${value}`, label: labelOf(filter, value, names) })));
  if (search.customer !== undefined) words.push({ id: `customer:${search.customer}`, label: search.customer === 'new' ? 'New customers' : 'Known customers' });
  if (search.imported !== undefined) words.push({ id: `imported:${search.imported}`, label: search.imported === 1 ? 'Only imported' : 'Without imported' });
  return words;
}

/** Everything that can be filtered by. */
export function filterChoices(search: ReportSearch, names: Names, tags: readonly string[]): FilterChoice[] {
  const { me, report } = names;
  const of = (filter: ListFilter, values: readonly string[]) =>
    [...new Set([...values, ...valuesOf(search, filter)])].map((value): FilterChoice => ({ id: `${filter}:${value}`, label: labelOf(filter, value, names), group: headings[filter], chosen: valuesOf(search, filter).includes(value) }));
  const grouped = (by: 'responder' | 'tag' | 'language') => (report?.groupBy === by ? report.groups.map((group) => group.key.id) : []);
  const hidden = report?.scope.names === false;
  return [
    ...of('team', me.teams.map((team) => team.id)),
    ...of('responder', hidden ? grouped('responder') : me.agents.map((agent) => agent.id)),
    ...of('channel', me.channels.map((channel) => channel.id)).map((choice) => withKind(choice, me)),
    ...of('priority', ['urgent', 'high', 'normal', 'low']),
    { id: 'customer:new', label: 'New customers', group: 'Customer', chosen: search.customer === 'new' },
    { id: 'customer:known', label: 'Known customers', group: 'Customer', chosen: search.customer === 'known' },
    { id: 'imported:0', label: 'Without imported', group: 'Past messages', chosen: search.imported === 0 },
    { id: 'imported:1', label: 'Only imported', group: 'Past messages', chosen: search.imported === 1 },
    ...of('tag', [...tags, ...grouped('tag')]),
    ...of('language', [...grouped('language'), ...languages]),
  ];
}

/** The address with this filter taken in, or taken away when it is there. */
export function toggled(search: ReportSearch, id: string): ReportSearch {
  const at = id.indexOf(':');
  const key = id.slice(0, at);
  const value = id.slice(at + 1);
  if (key === 'customer') return value === search.customer ? without(search, 'customer') : { ...search, customer: value === 'new' ? 'new' : 'known' };
  if (key === 'imported') return value === String(search.imported) ? without(search, 'imported') : { ...search, imported: value === '1' ? 1 : 0 };
  const filter = listFilters.find((one) => one === key);
  if (filter === undefined) return search;
  const now = valuesOf(search, filter);
  const next = now.includes(value) ? now.filter((other) => other !== value) : [...now, value];
  return next.length === 0 ? without(search, filter) : { ...search, [filter]: next.join(',') };
}

/** The address without any filter. */
export function unfiltered(search: ReportSearch): ReportSearch {
  return [...listFilters, 'customer' as const, 'imported' as const].reduce(without, search);
}

function without(search: ReportSearch, key: keyof ReportSearch): ReportSearch {
  const { [key]: _gone, ...rest } = search;
  return rest;
}

function labelOf(filter: ListFilter, value: string, { me, report }: Names): string {
  const known: Record<ListFilter, () => string | undefined> = {
    team: () => me.teams.find((team) => team.id === value)?.name,
    responder: () => me.agents.find((agent) => agent.id === value)?.name,
    channel: () => me.channels.find((channel) => channel.id === value)?.name,
    language: () => languageWord(value),
    tag: () => `#${value}`,
    priority: () => `${value.charAt(0).toUpperCase()}${value.slice(1)} priority`,
  };
  const grouped = report?.groupBy === filter ? report.groups.find((group) => group.key.id === value)?.key.name : undefined;
  return known[filter]() ?? grouped ?? value;
}

function withKind(choice: FilterChoice, me: Names['me']): FilterChoice {
  const channel = me.channels.find((one) => `channel:${one.id}` === choice.id);
  return channel === undefined ? choice : { ...choice, hint: channelWords[channel.kind] };
}
