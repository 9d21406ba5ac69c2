import { createRequire } from 'node:module';
import { languageWords } from './language-words.js';
import { fold, readTokens, type TokenText } from './tokens.js';

/** Two-letter code, or `undefined` when the text is too short or too mixed to tell and no hint is given. */
export function detectLanguage(text: string | TokenText, hintLanguage?: string): string | undefined {
  const tokens = typeof text === 'string' ? readTokens(text) : text;
  const guess = byWords(tokens);
  return guess.sure ?? byLetters(tokens) ?? hintLanguage ?? guess.likely;
}

/** The same from frequent words alone: never slow, never sure of other languages than the listed. */
export function languageByWords(text: string): string | undefined {
  const guess = byWords(readTokens(text));
  return guess.sure ?? guess.likely;
}

/** Frequent words say most languages of our customers within a few microseconds. */
function byWords(tokens: TokenText): { sure?: string; likely?: string } {
  if (tokens.words.length === 0) return {};
  const [best, second] = ranked(tokens);
  if (best === undefined) return {};
  const lead = best.score - (second?.score ?? 0);
  const isShort = best.score < 4;
  const isSure = lead >= 2 && (!isShort || (isSpoken(best.language) && best.score >= tokens.words.length / 2));
  if (isSure) return { sure: best.language };
  return lead > 0 && isSpoken(best.language) ? { likely: best.language } : {};
}

/** Of a word or two, only our own languages are believed: "no" is not Portuguese. */
function isSpoken(language: string): boolean {
  return language === 'en' || language === 'de' || language === 'es' || language === 'fr';
}

function ranked(tokens: TokenText): { language: string; score: number }[] {
  const weights = wordWeights();
  const scores = new Array<number>(weights.languages.length).fill(0);
  const words = Math.min(tokens.words.length, 60);
  for (let at = 0; at < words; at += 1) {
    const found = weights.byWord.get(tokens.words[at] ?? '');
    if (found === undefined) continue;
    for (const { index, weight } of found) scores[index] = (scores[index] ?? 0) + weight;
  }
  return weights.languages
    .map((language, index) => ({ language, score: scores[index] ?? 0 }))
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score);
}

interface WordWeights {
  languages: string[];
  byWord: Map<string, { index: number; weight: number }[]>;
}

let weightsOnce: WordWeights | undefined;

function wordWeights(): WordWeights {
  weightsOnce ??= buildWeights();
  return weightsOnce;
}

function buildWeights(): WordWeights {
  const languages = Object.keys(languageWords);
  const byWord: WordWeights['byWord'] = new Map();
  languages.forEach((language, index) => {
    const lists = languageWords[language];
    for (const word of words(lists?.clear)) addWeight(byWord, word, { index, weight: 2 });
    for (const word of words(lists?.shared)) addWeight(byWord, word, { index, weight: 1 });
  });
  return { languages, byWord };
}

function addWeight(byWord: WordWeights['byWord'], word: string, entry: { index: number; weight: number }): void {
  const entries = byWord.get(word);
  if (entries === undefined) byWord.set(word, [entry]);
  else if (!entries.some((other) => other.index === entry.index)) entries.push(entry);
}

function words(list: string | undefined): string[] {
  return (list ?? '').split(' ').map(fold);
}

/** Characters given to the slow detector: more do not change its mind, and it takes 0.5 µs for each. */
const sampleLength = 160;

/** By letter groups (tinyld), for languages whose words are not listed here. */
function byLetters(tokens: TokenText): string | undefined {
  if (tokens.letters < 12 && !hasForeignScript(tokens)) return undefined;
  if (tokens.words.length < 3 && !hasForeignScript(tokens)) return undefined;
  const [best, second] = letterDetector()(sampleOf(tokens));
  if (best === undefined || best.accuracy < 0.2) return undefined;
  return best.accuracy >= 2 * (second?.accuracy ?? 0) ? best.lang : undefined;
}

function sampleOf(tokens: TokenText): string {
  const start = tokens.starts[0] ?? 0;
  return tokens.text.slice(start, start + sampleLength);
}

/** Greek, Cyrillic, Arabic, Chinese … : two such letters are enough. */
function hasForeignScript(tokens: TokenText): boolean {
  let count = 0;
  for (const word of tokens.words.slice(0, 20)) {
    for (let at = 0; at < word.length; at += 1) if (word.charCodeAt(at) >= 0x370) count += 1;
    if (count >= 2) return true;
  }
  return false;
}

type LetterDetector = (text: string) => { lang: string; accuracy: number }[];

let detectorOnce: LetterDetector | undefined;

/** Loaded when first needed (12 MB, 40 ms): a workspace whose customers write the listed languages never does. */
function letterDetector(): LetterDetector {
  detectorOnce ??= loadDetector();
  return detectorOnce;
}

function loadDetector(): LetterDetector {
  const loaded: unknown = createRequire(import.meta.url)('tinyld/light');
  if (!isDetectorModule(loaded)) return () => [];
  return loaded.detectAll;
}

function isDetectorModule(loaded: unknown): loaded is { detectAll: LetterDetector } {
  return typeof loaded === 'object' && loaded !== null && 'detectAll' in loaded && typeof loaded.detectAll === 'function';
}
