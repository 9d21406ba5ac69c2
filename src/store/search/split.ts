import { normalize } from './fold.js';

/** A word as it stands in the text: normalised, accents on. */
export interface RawWord {
  text: string;
  /** Part of a script that is written without spaces: a pair of characters, or one that stands alone. */
  pair: boolean;
  /** The last character of a run of pairs; lets a single character be found, and the run end where a phrase goes on. */
  tail: boolean;
  /** Written without a space to the word before: `RE-2024-00123` is three words, the second and third glued. */
  glued: boolean;
  /** With its predecessors it forms a number or code; their text without the signs between. Stands at the last one. */
  joined?: string;
}

export const longestWord = 64;
const longestJoined = 40;
const shortestJoined = 6;

const wordPattern = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const hasDigit = /\p{N}/u;
const accents = /[\u0300-\u036f]/g;
/** Scripts written without spaces, and Korean, whose words carry their particles: searched by pairs of characters. */
const unspaced = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー';
const runPattern = new RegExp(`[${unspaced}][${unspaced}\\p{M}]*|[^${unspaced}]+`, 'gu');
const startsUnspaced = new RegExp(`^[${unspaced}]`, 'u');
/** None of those scripts lies below it. */
const mayBeUnspaced = /[\u0e00-\uffff]/;
const codeSigns = /^[-._/]$/;
/** `2026/00123` is a code, a path is not. */
const mostSlashedParts = 4;

/**
 * Splits a text into its words, in order: runs of letters, digits and marks. Signs only separate, so an address, a URL
 * or an order number is found whole as its words in a row, and by each of them. Texts longer than `maxLength` are cut.
 */
export function splitWords(text: string, maxLength: number): RawWord[] {
  const normal = normalize(text.length > maxLength ? text.slice(0, maxLength) : text);
  const words: RawWord[] = [];
  const code = new CodeWatch();
  let end = -2;
  for (const match of normal.matchAll(wordPattern)) {
    const word = match[0];
    const gap = match.index - end;
    const glued = gap === 1;
    code.next(word, glued ? (normal[end] ?? '') : '', words);
    if (mayBeUnspaced.test(word)) splitRuns(word, glued, words);
    else words.push({ text: cut(word), pair: false, tail: false, glued });
    end = match.index + word.length;
  }
  code.finish(words);
  return words;
}

/** Collects words with single signs between; with a digit among them they also count as one. */
class CodeWatch {
  /** All since the last sign that ends a code, and of these the ones since the last slash. */
  private parts: string[] = [];
  private sinceSlash = 0;

  next(part: string, sign: string, words: RawWord[]): void {
    if (!codeSigns.test(sign)) this.finish(words);
    else if (sign === '/') {
      this.mark(words, this.parts.slice(this.sinceSlash));
      this.sinceSlash = this.parts.length;
    }
    this.parts.push(part);
  }

  finish(words: RawWord[]): void {
    const slashed = this.sinceSlash > 0 && this.parts.length <= mostSlashedParts;
    if (slashed) this.mark(words, this.parts);
    this.mark(words, this.parts.slice(this.sinceSlash));
    this.parts = [];
    this.sinceSlash = 0;
  }

  private mark(words: RawWord[], parts: readonly string[]): void {
    const last = words.at(-1);
    if (parts.length < 2 || !last) return;
    const joined = parts.join('');
    if (joined.length >= shortestJoined && joined.length <= longestJoined && hasDigit.test(joined)) last.joined = joined;
  }
}

function splitRuns(word: string, glued: boolean, words: RawWord[]): void {
  let first = true;
  for (const [run] of word.matchAll(runPattern)) {
    const stuck = glued || !first;
    if (startsUnspaced.test(run)) splitPairs(run, stuck, words);
    else words.push({ text: cut(run), pair: false, tail: false, glued: stuck });
    first = false;
  }
}

function splitPairs(run: string, glued: boolean, words: RawWord[]): void {
  const characters = [...run.replace(accents, '')];
  characters.forEach((character, at) => {
    const tail = at === characters.length - 1;
    words.push({ text: tail ? character : character + characters[at + 1], pair: true, tail, glued: glued || at > 0 });
  });
}

function cut(word: string): string {
  return word.length > longestWord ? [...word.slice(0, longestWord + 1)].slice(0, -1).join('') : word;
}
