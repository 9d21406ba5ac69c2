import type { Document } from 'mongodb';
import { AppError } from '../../errors.js';
import type { Plan } from './plan.js';
import type { Pattern, TextClause } from './query.js';

/** Sorts behind every term that begins with the same letters. */
const highest = '\u{10ffff}';
const termPattern = /^[\p{L}\p{N}\p{M}_]+$/u;

/** A plan as a filter over `{ terms, words, at }`; `words` is the text's words with one space around each. */
export function toMongoFilter(plan: Plan): Document {
  const conditions: Document[] = plan.all.map(clauseFilter);
  for (const group of plan.none) conditions.push({ $nor: [{ $and: group.map(clauseFilter) }] });
  if (plan.from !== undefined) conditions.push({ at: { $gte: plan.from } });
  if (plan.before !== undefined) conditions.push({ at: { $lt: plan.before } });
  return { $and: conditions };
}

function clauseFilter(clause: TextClause): Document {
  const plain = clause.filter(isPlain).map((pattern) => checked(pattern.words[0]));
  const filters = clause.filter((pattern) => !isPlain(pattern)).map(patternFilter);
  if (plain.length === 1) filters.unshift({ terms: plain[0] });
  if (plain.length > 1) filters.unshift({ terms: { $in: plain } });
  return filters.length === 1 ? (filters[0] ?? {}) : { $or: filters };
}

function isPlain(pattern: Pattern): boolean {
  return pattern.words.length === 1 && !pattern.exact && !pattern.prefix;
}

/** The terms are found by index; the row of words is then looked at. */
function patternFilter(pattern: Pattern): Document {
  const words = pattern.words.map(checked);
  const last = words.length - 1;
  const parts: Document[] = words.map((word, at) => (at === last && pattern.prefix ? { terms: { $elemMatch: { $gte: word, $lt: word + highest } } } : { terms: word }));
  if (pattern.exact || words.length > 1) parts.push({ words: { $regex: ` ${words.join(' ')}${pattern.prefix ? '' : ' '}` } });
  return parts.length === 1 ? (parts[0] ?? {}) : { $and: parts };
}

/** Terms are made by the tokenizer of letters, digits and marks; nothing else may become part of an expression. */
function checked(term: string | undefined): string {
  if (term === undefined || !termPattern.test(term)) throw new AppError('bug', 'a search term holds signs');
  return term;
}
