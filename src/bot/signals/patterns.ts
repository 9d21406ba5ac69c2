import { AppError } from '../../errors.js';
import { readTokens, type TokenText } from './tokens.js';

/**
 * Phrases to look for, written as people say them: `speak|talk to|with a? human|person`.
 * A word may have alternatives (`|`), be optional (`?` at the end) or stand for all words that begin so (`bestell*`);
 * `..` stands for up to three words. The first word is neither optional nor a gap. Matching never crosses a sentence.
 */
export interface PhraseGroup<Label extends string> {
  label: Label;
  value: number;
  phrases: readonly string[];
}

/** Words `from` (inclusive) to `to` (exclusive) of the text match a phrase of the group `label`. */
export interface Hit<Label extends string> {
  label: Label;
  value: number;
  from: number;
  to: number;
}

interface Slot {
  words: ReadonlySet<string>;
  prefixes: readonly string[];
  optional: boolean;
  gap: boolean;
}

interface Phrase<Label extends string> {
  label: Label;
  value: number;
  slots: readonly Slot[];
}

/** Phrases by the word they begin with; `stems` by the first three letters of a beginning. */
export interface PhraseTable<Label extends string> {
  words: Map<string, Phrase<Label>[]>;
  stems: Map<string, Phrase<Label>[]>;
}

const gapWords = 3;

/** Compiles phrases once; finding is then one look-up per word. */
export function compilePhrases<Label extends string>(groups: readonly PhraseGroup<Label>[]): PhraseTable<Label> {
  const table: PhraseTable<Label> = { words: new Map(), stems: new Map() };
  for (const group of groups) {
    for (const written of group.phrases) addPhrase(table, { label: group.label, value: group.value, slots: readSlots(written) });
  }
  return table;
}

function addPhrase<Label extends string>(table: PhraseTable<Label>, phrase: Phrase<Label>): void {
  const first = phrase.slots[0];
  if (first === undefined) return;
  for (const word of first.words) push(table.words, word, phrase);
  for (const prefix of first.prefixes) push(table.stems, prefix.slice(0, 3), phrase);
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function readSlots(written: string): Slot[] {
  const slots = written.split(' ').flatMap(readSlot);
  if (slots[0]?.optional !== false) throw new AppError('bug', `a phrase begins with a word that is always there: ${written}`);
  return slots;
}

function readSlot(piece: string): Slot[] {
  if (piece === '..') return [{ words: new Set(), prefixes: [], optional: true, gap: true }];
  const optional = piece.endsWith('?');
  const alternatives = (optional ? piece.slice(0, -1) : piece).split('|');
  const single = alternatives.length === 1 ? foldedWords(piece) : [];
  if (single.length > 1) return single.map((word) => ({ words: new Set([word]), prefixes: [], optional, gap: false }));
  return [slotOf(alternatives, optional)];
}

function slotOf(alternatives: readonly string[], optional: boolean): Slot {
  const words = new Set<string>();
  const prefixes: string[] = [];
  for (const alternative of alternatives) {
    const [word, ...rest] = foldedWords(alternative);
    if (word === undefined || rest.length > 0) throw new AppError('bug', `an alternative is one word: ${alternative}`);
    if (alternative.endsWith('*')) prefixes.push(word);
    else words.add(word);
  }
  return { words, prefixes, optional, gap: false };
}

function foldedWords(text: string): string[] {
  return readTokens(text).words;
}

/** All places where a phrase of the table stands, in the order of the text; at one place only the longest per label. */
export function findPhrases<Label extends string>(table: PhraseTable<Label>, tokens: TokenText): Hit<Label>[] {
  const hits: Hit<Label>[] = [];
  for (let at = 0; at < tokens.words.length; at += 1) {
    const word = tokens.words[at] ?? '';
    collect(table.words.get(word), tokens, { at, hits });
    if (word.length >= 3) collect(table.stems.get(word.slice(0, 3)), tokens, { at, hits });
  }
  return hits;
}

function collect<Label extends string>(phrases: Phrase<Label>[] | undefined, tokens: TokenText, to: { at: number; hits: Hit<Label>[] }): void {
  if (phrases === undefined) return;
  for (const phrase of phrases) {
    const end = matchFrom(phrase.slots, 0, tokens, { at: to.at, start: to.at });
    if (end > to.at) keepLongest(to.hits, { label: phrase.label, value: phrase.value, from: to.at, to: end });
  }
}

function keepLongest<Label extends string>(hits: Hit<Label>[], hit: Hit<Label>): void {
  for (let index = hits.length - 1; index >= 0; index -= 1) {
    const other = hits[index];
    if (other === undefined || other.from !== hit.from) break;
    if (other.label !== hit.label) continue;
    if (hit.to > other.to) hits[index] = hit;
    return;
  }
  hits.push(hit);
}

/** The word after the match, or -1. */
function matchFrom(slots: readonly Slot[], index: number, tokens: TokenText, place: { at: number; start: number }): number {
  const slot = slots[index];
  if (slot === undefined) return place.at;
  if (slot.gap) return matchGap(slots, index, tokens, place);
  const word = tokens.words[place.at];
  if (word !== undefined && isOpen(tokens, place) && fits(slot, word)) {
    const end = matchFrom(slots, index + 1, tokens, { at: place.at + 1, start: place.start });
    if (end >= 0) return end;
  }
  return slot.optional ? matchFrom(slots, index + 1, tokens, place) : -1;
}

function matchGap(slots: readonly Slot[], index: number, tokens: TokenText, place: { at: number; start: number }): number {
  for (let skipped = 0; skipped <= gapWords; skipped += 1) {
    const at = place.at + skipped;
    const end = matchFrom(slots, index + 1, tokens, { at, start: place.start });
    if (end >= 0) return end;
    if (at >= tokens.words.length || !isOpen(tokens, { at, start: place.start })) return -1;
  }
  return -1;
}

function isOpen(tokens: TokenText, place: { at: number; start: number }): boolean {
  return place.at === place.start || (tokens.breaks[place.at] ?? 2) < 2;
}

function fits(slot: Slot, word: string): boolean {
  return slot.words.has(word) || slot.prefixes.some((prefix) => word.startsWith(prefix));
}
