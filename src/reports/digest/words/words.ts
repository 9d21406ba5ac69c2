import type { Language } from '../../../inbox/model/people.js';
import type { GroupBy, ReportQuery } from '../../api.js';
import type { LengthUnits } from '../../take-away/lengths.js';

/** With whom the time went, of a day that stands out. */
export type Holder = 'bot' | 'unassigned' | 'agent' | 'snoozed' | 'customer';

/** Everything a digest says, in one language: short, plain, no exclamation marks. Lengths, counts and dates come in as words already. */
export interface DigestWords {
  language: Language;
  /** For numbers and dates. */
  locale: string;
  units: LengthUnits;
  /** Between a name and what is said of it; French has a space before it. */
  colon: string;
  /** "16 to 22 Nov 2026", when the language has its own way; else as its dates are joined. */
  period?(first: string, last: string): string;
  headline: { nobody: string; fewer: string; half(length: string): string };
  figures: { half: string; nine: string; within: string; waits: string; owed: string };
  withinOf(within: string, decided: string): string;
  before(value: string): string;
  stillOpen(count: string): string;
  customers(count: number, shown: string): string;
  oldest(length: string): string;
  over(count: string): string;
  inPublic(count: string): string;
  nobodyYet: string;
  notSoMany: string;
  withWaiting(length: string): string;
  asBefore: string;
  faster(length: string): string;
  slower(length: string): string;
  /** The share of nothing. */
  none: string;
  kinds: Readonly<Record<ReportQuery['kind'], string>>;
  clocks: Readonly<Record<ReportQuery['time'], string>>;
  scopes: Readonly<Record<'everything' | 'teams' | 'own', string>>;
  daysIn(zone: string): string;
  trend: { title: string; note(of: 'day' | 'week', compared: boolean): string; nine: string; half: string; empty: string; inWords(days: string): string; noAnswer: string; halfOf(length: string): string };
  remark: {
    first(day: string, length: string, usual: string): string;
    people(count: number, weekday: string, usual: number): string;
    arrivals(count: string, weekday: string, usual: string): string;
    lay(share: string, holder: string): string;
    holders: Readonly<Record<Holder, string>>;
  };
  groups: {
    by: Readonly<Record<GroupBy, string>>;
    heading(by: string): string;
    credit: string;
    answered: string;
    half: string;
    nine: string;
    within: string;
    line(row: { answered: string; half: string; nine: string; within: string }): string;
    /** What is in no group of its kind. */
    none: Readonly<Partial<Record<GroupBy, string>>>;
    other: Readonly<Partial<Record<GroupBy, string>>>;
    priorities: Readonly<Record<string, string>>;
    customers: Readonly<Record<string, string>>;
    outside(name: string): string;
    gone: Readonly<Partial<Record<GroupBy, string>>>;
  };
  more(count: string): string;
  owed: { title: string; when: string; nobody: string; waits(length: string): string; over: string };
  open: string;
  report(link: string): string;
  sentBy: string;
}
