import type { HeldBy } from '../../../lib/shapes.js';
import { lengthWords, type ClockKind } from './lengths.js';
import { filterWords, type Names } from './filters.js';
import { dayWord } from './period.js';
import type { ReportSearch } from './query.js';
import { groupWords, languageWord, reasonWords, weekdays } from './report-words.js';

const outside = 'outside:';
const states: Readonly<Record<string, string>> = { open: 'still open', answered: 'answered', answered_by_bot: 'answered by the bot', not_needed: 'said to need no answer', abandoned: 'taken back by the customer' };
const lyingWords: Readonly<Record<HeldBy, string>> = { bot: 'that lay with the bot most of the time', unassigned: 'that lay with nobody most of the time', agent: 'that lay with an agent most of the time', snoozed: 'that were snoozed most of the time', customer: 'that stood as waiting for the customer most of the time' };
const outcomes: Readonly<Record<string, string>> = { within: 'within target', over: 'over target', undecided: 'not due yet' };

/** Which waits of a report a number stands for, in words: "over target, Tue 10 Nov". What is not known is left out. */
export function pickWords(pick: string, shown: { search: ReportSearch; clock: ClockKind; names: Names }): string {
  const parts = pick.split(';').flatMap((part) => {
    const at = part.indexOf(':');
    return at < 0 ? [] : [partWords(part.slice(0, at), part.slice(at + 1), shown) ?? []].flat();
  });
  return parts.join(', ');
}

function partWords(key: string, value: string, { search, clock, names }: { search: ReportSearch; clock: ClockKind; names: Names }): string | undefined {
  const length = (ms: string | undefined) => lengthWords(Number(ms), clock);
  const [first, second] = value.split('-');
  const words: Record<string, () => string | undefined> = {
    state: () => value.split('|').map((state) => states[state] ?? state).join(' or '),
    target: () => outcomes[value],
    day: () => `begun ${dayWord(value, { weekday: true })}`,
    week: () => `begun in the week of ${dayWord(value)}`,
    cell: () => `begun ${weekdays[Number(first)] ?? ''} ${second ?? ''}:00 to ${Number(second) + 1}:00`,
    bin: () => (second === '' || second === undefined ? `of ${length(first)} and longer` : `of ${first === '0' ? '0' : length(first)} to ${length(second)}`),
    waited: () => (second === '' || second === undefined ? `of at least ${length(first)}` : first === '0' ? `within ${lengthWords(Number(second) - 1, clock)}` : `of ${length(first)} to ${length(second)}`),
    by: () => lyingWords[value as keyof typeof lyingWords],
    breach: () => `over target because ${reasonWords[value as keyof typeof reasonWords]}`,
    group: () => groupName(decoded(value), search, names),
    not_needed_by: () => `said to need no answer by ${nameOf('responder', decoded(value), names)}`,
    corrected: () => 'corrected later',
    owed: () => 'owed an answer now',
    period: () => (value === 'before' ? 'in the period before' : undefined),
  };
  return words[key]?.();
}

function groupName(value: string, search: ReportSearch, names: Names): string {
  const by = search.groupBy ?? 'responder';
  if (value === 'none') return by === 'responder' ? 'not answered' : `without ${groupWords[by].head.toLowerCase()}`;
  if (by === 'weekday') return weekdays[Number(value)] ?? value;
  if (by === 'hour') return `${value}:00 to ${Number(value) + 1}:00`;
  if (by === 'language') return languageWord(value);
  if (by === 'customer') return value === 'new' ? 'of new customers' : 'of known customers';
  if (value === 'other') return by === 'responder' ? 'answered by somebody of another team' : 'of another team';
  if (by === 'responder') return `answered by ${value.startsWith(outside) ? `${value.slice(outside.length)}, outside Rapport` : nameOf(by, value, names)}`;
  return `${groupWords[by].head.toLowerCase()} ${nameOf(by, value, names)}`;
}

/** A group's id stands in an address as one part of its pick. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return value;
    throw error;
  }
}

function nameOf(by: 'team' | 'responder' | 'channel' | 'tag' | 'priority', value: string, names: Names): string {
  return filterWords({ [by]: value }, names)[0]?.label ?? value;
}
