import type { Millis } from '../../inbox/model/common.js';
import { daysBetween, instantOf, plusDays, wallTimeAt, weekdayOf, type WallTime } from '../../inbox/hours/local-time.js';
import { dueWords } from './due-words.js';
import type { BotLanguage } from './lexicon/lexicon.js';
import { fold } from './tokens.js';

/** Until when, as it was said; `resolveDue` makes an instant of it. */
export type Due =
  | { type: 'weekday'; weekday: number }
  | { type: 'date'; day: number; month?: number }
  | { type: 'days'; days: number }
  | { type: 'workdays'; days: number }
  | { type: 'hours'; hours: number }
  | { type: 'week'; weeks: number };

export interface FoundDue {
  due: Due;
  /** Where the words stand in the sentence. */
  start: number;
  end: number;
  /** "by", "bis", "d'ici": a limit, not only a day. */
  isLimit: boolean;
}

/** Whether the words can hold a limit ("by", "within"): a cheap look before the thorough one. */
export function mayNameLimit(words: readonly string[], language: BotLanguage): boolean {
  const openers = openersOf(language);
  return words.some((word) => openers.has(word));
}

const openersKnown = new Map<BotLanguage, ReadonlySet<string>>();

function openersOf(language: BotLanguage): ReadonlySet<string> {
  const known = openersKnown.get(language);
  if (known !== undefined) return known;
  const { until, within } = dueWords[language];
  const made = new Set(`${until}|${within}`.replace(/\[[^\]]*\]|\?/gu, ' ').split('|').map((words) => fold(words.trim().split(' ')[0] ?? '')));
  openersKnown.set(language, made);
  return made;
}

/** The day, date or length of time that a sentence names as a term. */
export function findDue(sentence: string, language: BotLanguage): FoundDue | undefined {
  const rules = rulesOf(language);
  const text = sentence.length > 400 ? sentence.slice(0, 400) : sentence;
  let best: FoundDue | undefined;
  for (const rule of rules) {
    const match = rule.pattern.exec(text);
    const due = match === null ? undefined : rule.read(match.groups ?? {});
    if (match === null || due === undefined) continue;
    const found = { due, start: match.index, end: match.index + match[0].length, isLimit: match.groups?.['until'] !== undefined || rule.isLimit };
    if (isBetter(found, best)) best = found;
  }
  return best;
}

/** A limit ("by the 16th") goes before a day that is only named; else the first one counts. */
function isBetter(found: FoundDue, best: FoundDue | undefined): boolean {
  if (best === undefined) return true;
  return found.isLimit === best.isLimit ? found.start < best.start : found.isLimit;
}

/** The end of the last day (hours: the hour) that keeps the promise made at `at`, by the clock of `timeZone`. */
export function resolveDue(due: Due, at: Millis, timeZone: string): Millis {
  if (due.type === 'hours') return at + due.hours * 3_600_000;
  const from = wallTimeAt(at, timeZone);
  return instantOf({ ...plusDays(from, daysUntil(due, from)), minute: 1440 }, timeZone) - 1;
}

function daysUntil(due: Exclude<Due, { type: 'hours' }>, from: WallTime): number {
  switch (due.type) {
    case 'days':
      return due.days;
    case 'workdays':
      return workdaysFrom(weekdayOf(from), due.days);
    case 'weekday':
      return (due.weekday - weekdayOf(from) + 7) % 7;
    case 'week':
      return 6 - weekdayOf(from) + due.weeks * 7;
    case 'date':
      return daysBetween(from, dateAfter(due, from));
  }
}

/** Days until so many days from Monday to Friday have passed; public holidays are not known. */
function workdaysFrom(weekday: number, count: number): number {
  let days = 0;
  for (let left = count; left > 0; days += 1) if ((weekday + days + 1) % 7 < 5) left -= 1;
  return days;
}

/** The next such date; one that has just passed (a slip of some days) stays in the past. */
function dateAfter(due: { day: number; month?: number }, from: WallTime): WallTime {
  const month = due.month ?? (due.day < from.day ? from.month + 1 : from.month);
  const isNextYear = due.month !== undefined && due.month < from.month - 3;
  return plusDays({ year: from.year + (isNextYear ? 1 : 0), month, day: due.day, minute: 0 }, 0);
}

interface DueRule {
  pattern: RegExp;
  isLimit: boolean;
  read(groups: Record<string, string | undefined>): Due | undefined;
}

const compiled = new Map<BotLanguage, DueRule[]>();

function rulesOf(language: BotLanguage): DueRule[] {
  const known = compiled.get(language);
  if (known !== undefined) return known;
  const made = makeRules(language);
  compiled.set(language, made);
  return made;
}

const edge = '(?<![\\p{L}\\p{N}])';
const stop = '(?![\\p{L}\\p{N}])';

function makeRules(language: BotLanguage): DueRule[] {
  const words = dueWords[language];
  const before = `(?:(?<until>${words.until})\\s+|(?:${words.on})\\s+)?(?:(?:${words.article})\\s+){0,2}`;
  const needed = `(?:(?<until>${words.until})|(?:${words.on}))\\s+(?:(?:${words.article})\\s+){0,2}`;
  const month = `(?<month>${words.months.join('|')})\\.?`;
  const joint = words.of === '' ? '\\s*' : `\\s*(?:${words.of}\\s+)?`;
  const rule = (body: string, read: DueRule['read'], isLimit = false): DueRule => ({ pattern: new RegExp(`${edge}${body}${stop}`, 'iu'), isLimit, read });
  return [
    rule(`${before}(?<day>\\d{1,2})(?:st|nd|rd|th|er|\\.)?${joint}${month}`, (found) => dateOf(found, words.months)),
    rule(`${before}${month}\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?`, (found) => dateOf(found, words.months)),
    rule(`${needed}(?<day>\\d{1,2})(?:st|nd|rd|th|er)?(?!\\s*(?:[:%€$£h]|uhr|am|pm|${words.hours}|${words.days}|${words.weeks}))`, (found) => dateOf(found, words.months)),
    rule(`${before}(?<weekday>${words.weekdays.join('|')})`, (found) => ({ type: 'weekday', weekday: indexIn(words.weekdays, found['weekday']) })),
    rule(`(?:${words.within})\\s+(?<count>\\d{1,3}|${words.numbers.join('|')})\\s*(?<unit>${words.hours}|${words.days}|${words.weeks})`, (found) => lengthOf(found, words), true),
    rule(`${before}(?:${words.dayAfter})`, () => ({ type: 'days', days: 2 })),
    rule(`${before}(?:${words.tomorrow})`, () => ({ type: 'days', days: 1 })),
    rule(`${before}(?:${words.today})`, () => ({ type: 'days', days: 0 })),
    rule(`${before}(?:${words.thisWeek})`, () => ({ type: 'week', weeks: 0 })),
    rule(`${before}(?:${words.nextWeek})`, () => ({ type: 'week', weeks: 1 })),
  ];
}

function dateOf(found: Record<string, string | undefined>, months: readonly string[]): Due | undefined {
  const day = Number(found['day']);
  if (!(day >= 1 && day <= 31)) return undefined;
  return found['month'] === undefined ? { type: 'date', day } : { type: 'date', day, month: indexIn(months, found['month']) + 1 };
}

function lengthOf(found: Record<string, string | undefined>, words: { hours: string; weeks: string; numbers: readonly string[] }): Due | undefined {
  const written = found['count'] ?? '';
  const count = /^\d+$/.test(written) ? Number(written) : indexIn(words.numbers, written) + 1;
  if (count < 1 || count > 365) return undefined;
  const unit = found['unit'] ?? '';
  if (isWord(words.hours, unit)) return { type: 'hours', hours: count };
  if (/work|business|werk|arbeit|labora|hábil|ouvr/iu.test(unit)) return { type: 'workdays', days: count };
  return { type: 'days', days: isWord(words.weeks, unit) ? count * 7 : count };
}

function indexIn(alternatives: readonly string[], word: string | undefined): number {
  return alternatives.findIndex((alternative) => isWord(alternative, word ?? ''));
}

function isWord(alternatives: string, word: string): boolean {
  return new RegExp(`^(?:${alternatives})$`, 'iu').test(word);
}
