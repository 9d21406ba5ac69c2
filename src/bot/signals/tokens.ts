/** A text as words: folded for comparing, with their places in the original for quoting. */
export interface TokenText {
  /** The part of the original that was read. */
  text: string;
  /** Lower case, without accents; ä ö ü ß become ae oe ue ss. */
  words: string[];
  starts: number[];
  ends: number[];
  /** What stands before the word: 0 nothing, 1 a comma or the like, 2 the end of a sentence or line. */
  breaks: number[];
  letters: number;
  capitals: number;
}

/** Characters of a text that are read; who writes more has said what it is about by then. */
const readLimit = 2_500;

const contractions = new Set(['t', 's', 're', 've', 'll', 'm', 'd']);

/** Splits into words in one pass over the characters. Any input is fine; only the first 2,500 characters are read. */
export function readTokens(original: string): TokenText {
  const text = original.length > readLimit ? original.slice(0, readLimit) : original;
  const tokens: TokenText = { text, words: [], starts: [], ends: [], breaks: [], letters: 0, capitals: 0 };
  let at = 0;
  let gap = 2;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (!isWordCode(code)) {
      gap = Math.max(gap, breakOf(text, at, code));
      at += 1;
      continue;
    }
    const end = endOfWord(text, at, tokens);
    const raw = text.slice(at, end);
    tokens.words.push(fold(raw));
    tokens.starts.push(at);
    tokens.ends.push(end);
    tokens.breaks.push(gap);
    gap = 0;
    at = end;
  }
  return tokens;
}

/** The form in which words are compared. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  return isAscii(lower) ? lower : foldLetters(lower);
}

function foldLetters(lower: string): string {
  return lower
    .normalize('NFC')
    .replace(/[äöüßœæ’]/g, (letter) => spelled[letter] ?? letter)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');
}

const spelled: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', œ: 'oe', æ: 'ae', '’': "'" };

function endOfWord(text: string, start: number, counts: { letters: number; capitals: number }): number {
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isWordCode(code)) break;
    counts.letters += 1;
    if ((code >= 65 && code <= 90) || (code >= 0xc0 && code <= 0xde)) counts.capitals += 1;
  }
  return at > start ? endOfContraction(text, at) : at;
}

/** Keeps "don't" and "we'll" in one piece; French elisions ("j'ai") are two words. */
function endOfContraction(text: string, apostrophe: number): number {
  const mark = text.charCodeAt(apostrophe);
  if (mark !== 39 && mark !== 0x2019) return apostrophe;
  let end = apostrophe + 1;
  while (end < text.length && end - apostrophe < 4 && isWordCode(text.charCodeAt(end))) end += 1;
  return contractions.has(text.slice(apostrophe + 1, end).toLowerCase()) ? end : apostrophe;
}

function isWordCode(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba;
  if (code === 0xd7 || code === 0xf7) return false;
  return !(code >= 0x2000 && code <= 0x2bff) && !(code >= 0x3000 && code <= 0x303f) && !(code >= 0xd800 && code <= 0xdfff) && !(code >= 0xfe00 && code <= 0xff0f);
}

/** 2 where a sentence ends. A point inside a number or before a small letter ("9.30", "z.B.") ends none. */
function breakOf(text: string, at: number, code: number): number {
  if (code === 10 || code === 33 || code === 63 || code === 59 || code === 0x2026) return 2;
  if (code === 46) return at + 1 >= text.length || text.charCodeAt(at + 1) <= 32 ? 2 : 0;
  if (code === 44 || code === 58 || code === 40 || code === 41 || code === 0x2013 || code === 0x2014) return 1;
  return 0;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}
