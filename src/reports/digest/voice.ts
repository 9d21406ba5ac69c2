import type { Language } from '../../inbox/model/people.js';
import { type ClockKind, lengthWords, shareWords } from '../take-away/lengths.js';
import { wordsIn } from './words/words-in.js';
import type { DigestWords } from './words/words.js';

/** One language: its words, and numbers, lengths and dates as it writes them. */
export interface Voice {
  words: DigestWords;
  count(count: number): string;
  /** "27 m", "1 h 52 m" */
  length(ms: number, clock: ClockKind): string;
  /** "6 m faster"; under a minute is no difference. */
  change(now: number, before: number, clock: ClockKind): string;
  /** "87 %". Never 0 or 100 when it is not quite; "none" of nothing. */
  share(part: number, of: number): string;
  /** "10 Nov" */
  date(date: string): string;
  /** "Tue 10 Nov" */
  dateWithWeekday(date: string): string;
  /** "Tuesday"; `day` 0 = Monday. */
  weekday(day: number): string;
  /** "16 to 22 Nov 2026" */
  period(first: string, last: string): string;
  /** "German" */
  languageName(code: string): string;
}

const minute = 60_000;
/** A Monday. */
const someMonday = Date.parse('2026-11-16T12:00:00Z');

export function voiceIn(language: Language): Voice {
  const words = wordsIn(language);
  const { locale } = words;
  const numbers = new Intl.NumberFormat(locale);
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const short = dates({ day: 'numeric', month: 'short' });
  const withWeekday = dates({ weekday: 'short', day: 'numeric', month: 'short' });
  const weekday = dates({ weekday: 'long' });
  const whole = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const languages = new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' });
  const length: Voice['length'] = (ms, clock) => lengthWords(ms, clock, words.units);
  return {
    words, length, count: (count) => numbers.format(count),
    change(now, before, clock) {
      if (Math.abs(before - now) < minute) return words.asBefore;
      return before > now ? words.faster(length(before - now, clock)) : words.slower(length(now - before, clock));
    },
    share: (part, of) => (of === 0 ? words.none : shareWords(part, of)),
    date: (date) => short.format(noonOf(date)),
    dateWithWeekday: (date) => withWeekday.format(noonOf(date)).replace(',', ''),
    weekday: (day) => weekday.format(someMonday + day * 24 * 60 * minute),
    period: (first, last) => words.period?.(first, last) ?? whole.formatRange(noonOf(first), noonOf(last)).replace(/\s/g, ' '),
    languageName: (code) => capital(/^[a-z]{2,3}(-[a-zA-Z0-9]{2,8})*$/.test(code) ? languages.of(code) ?? code : code),
  };
}

/** At the head of a row also what French and Spanish write small. */
export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function noonOf(date: string): number {
  return Date.parse(`${date}T12:00:00Z`);
}
