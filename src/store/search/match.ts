import type { Plan } from './plan.js';
import type { Pattern, TextClause } from './query.js';

/** One entry as the index knows it. */
export interface IndexedEntry {
  at: number;
  /** In the order of the text. */
  words: readonly string[];
  /** Stems, codes and facets. */
  extras: readonly string[];
}

/** Answers a plan for one entry in memory, exactly as the engines answer it. */
export function matches(plan: Plan, entry: IndexedEntry): boolean {
  if (plan.from !== undefined && entry.at < plan.from) return false;
  if (plan.before !== undefined && entry.at >= plan.before) return false;
  return plan.all.every((clause) => clauseHolds(clause, entry)) && !plan.none.some((group) => group.every((clause) => clauseHolds(clause, entry)));
}

function clauseHolds(clause: TextClause, entry: IndexedEntry): boolean {
  return clause.some((pattern) => patternHolds(pattern, entry));
}

function patternHolds(pattern: Pattern, { words, extras }: IndexedEntry): boolean {
  const [first] = pattern.words;
  if (first === undefined) return false;
  if (pattern.words.length > 1) return words.some((_, at) => standsAt(pattern, words, at));
  const fits = pattern.prefix ? (term: string) => term.startsWith(first) : (term: string) => term === first;
  return words.some(fits) || (!pattern.exact && extras.some(fits));
}

function standsAt(pattern: Pattern, words: readonly string[], at: number): boolean {
  const last = pattern.words.length - 1;
  return pattern.words.every((word, n) => (n === last && pattern.prefix ? words[at + n]?.startsWith(word) === true : words[at + n] === word));
}
