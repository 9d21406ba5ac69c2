import { foldAccents } from './fold.js';
import { parsePeriod } from './parse-date.js';
import type { FilterClause, FilterKind, ParsedQuery, Pattern, TextClause } from './query.js';
import { scanQuery, type Part } from './scan-query.js';
import { splitWords, type RawWord } from './split.js';
import type { Tokenizer } from './tokenize.js';

export const longestQuery = 400;
export const mostParts = 24;
export const mostWords = 32;
/** `e*` would mean most of the vocabulary. */
export const shortestPrefix = 2;

const filterKinds: readonly FilterKind[] = ['from', 'in', 'channel', 'tag', 'has'];
const dateFields = ['before', 'after'];

/**
 * Understands a query as typed. Words are joined by AND; `"a phrase"`, `-not`, `begin*`, `from:`, `in:`, `channel:`,
 * `tag:`, `has:attachment`, `before:2026-03-31` (that day not included), `after:2026-03-01` (that day included; UTC).
 * Pure; never throws. What it leaves out or takes otherwise than typed stands in `notices`.
 */
export function parseQuery(text: string, tokenizer: Tokenizer): ParsedQuery {
  return new Reader(tokenizer).read(text);
}

class Reader {
  private readonly all: TextClause[] = [];
  private readonly none: TextClause[] = [];
  private readonly filters: FilterClause[] = [];
  private readonly noneOf: FilterClause[] = [];
  private readonly notices: string[] = [];
  private readonly terms = new Set<string>();
  private from: number | undefined;
  private before: number | undefined;
  private words = 0;

  constructor(private readonly tokenizer: Tokenizer) {}

  read(text: string): ParsedQuery {
    if (text.length > longestQuery) this.note(`Only the first ${longestQuery} characters were searched for.`);
    const parts = scanQuery(text.slice(0, longestQuery));
    if (parts.length > mostParts) this.note(`Only the first ${mostParts} parts were searched for.`);
    for (const part of parts.slice(0, mostParts)) this.readPart(part);
    return {
      all: this.all,
      none: this.none,
      filters: this.filters,
      noneOf: this.noneOf,
      ...(this.from === undefined ? {} : { from: this.from }),
      ...(this.before === undefined ? {} : { before: this.before }),
      notices: this.notices,
      terms: [...this.terms],
    };
  }

  private readPart(part: Part): void {
    if (part.field === undefined) return this.readText(part);
    if (dateFields.includes(part.field)) return this.readDate(part);
    const kind = filterKinds.find((one) => one === part.field);
    if (kind !== undefined) return this.readFilter(kind, part);
    this.note(`There is no filter "${part.field}:"; its words were searched for.`);
    this.readText({ ...part, value: `${part.field} ${part.value}`, quoted: true });
  }

  private readDate(part: Part): void {
    const period = parsePeriod(part.value);
    if (period === undefined || part.negative) {
      return this.note(`"${part.field}:${short(part.value)}" was left out: write a day such as ${part.field}:2026-03-31.`);
    }
    if (part.field === 'before') this.before = Math.min(this.before ?? Infinity, period.from);
    else this.from = Math.max(this.from ?? 0, period.from);
  }

  private readFilter(kind: FilterKind, part: Part): void {
    const value = kind === 'has' ? hasValue(part.value) : part.value.trim();
    if (value === undefined) return this.note(`"has:${short(part.value)}" was left out: there is only has:attachment.`);
    if (value === '') return this.note(`"${kind}:" was left out: it says nothing.`);
    (part.negative ? this.noneOf : this.filters).push({ kind, value });
  }

  private readText(part: Part): void {
    const found = splitWords(part.value, longestQuery);
    const room = Math.max(0, mostWords - this.words);
    if (found.length > room) this.note(`Only the first ${mostWords} words were searched for.`);
    const raw = found.slice(0, room);
    this.words += raw.length;
    if (raw.length === 0) return;
    const into = part.negative ? this.none : this.all;
    if (part.quoted) return this.keep(into, [this.phrase(raw, { prefix: part.prefix })]);
    // `Groß-Bestellung` and an address are one phrase; words with a space between would have been two parts.
    if (raw.length > 1) return this.keep(into, [this.phrase(raw, part), ...joinedPatterns(raw, part.prefix)]);
    this.readWord(raw[0], part, into);
  }

  private readWord(raw: RawWord | undefined, part: Part, into: TextClause[]): void {
    if (raw === undefined) return;
    const word = foldAccents(raw.text);
    if (raw.pair) return this.keep(into, [{ words: [word], prefix: true, exact: true }]);
    if (part.prefix && word.length >= shortestPrefix) return this.keep(into, [{ words: [word], prefix: true, exact: false }]);
    if (part.prefix) this.note(`"${word}*" was searched for as a word: a beginning needs ${shortestPrefix} letters.`);
    this.keep(into, this.tokenizer.variantsOf(raw).map((variant) => ({ words: [variant], prefix: false, exact: false })));
  }

  private phrase(raw: readonly RawWord[], part: { prefix: boolean }): Pattern {
    // The last character of a run also stands alone in the index; in a query that is right only where a phrase goes on.
    const row = raw.filter((one, at) => !(one.tail && one.pair && at === raw.length - 1 && raw[at - 1]?.pair === true && one.glued));
    const last = row.at(-1);
    const single = last?.pair === true && last.tail;
    return { words: row.map((one) => foldAccents(one.text)), prefix: part.prefix || single, exact: true };
  }

  private keep(into: TextClause[], clause: TextClause): void {
    into.push(clause);
    if (into === this.all) for (const pattern of clause) for (const word of pattern.words) this.terms.add(word);
  }

  private note(sentence: string): void {
    if (!this.notices.includes(sentence)) this.notices.push(sentence);
  }
}

function joinedPatterns(raw: readonly RawWord[], prefix: boolean): Pattern[] {
  const joined = raw.at(-1)?.joined;
  const whole = joined !== undefined && joined === raw.map((one) => one.text).join('');
  return whole ? [{ words: [foldAccents(joined)], prefix, exact: false }] : [];
}

function hasValue(value: string): string | undefined {
  return /^(attachments?|files?)$/i.test(value) ? 'attachment' : undefined;
}

function short(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}
