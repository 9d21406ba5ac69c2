import { findDue, mayNameLimit, type Due, type FoundDue } from './due-date.js';
import type { BotLanguage } from './lexicon/lexicon.js';
import { asBotLanguage, findInLanguage, type PhraseHit } from './phrases.js';
import { splitSentences } from './sentences.js';
import { readTokens, type TokenText } from './tokens.js';

/** Something that we bound ourselves to do. */
export interface FoundPromise {
  sentence: string;
  /** The part that binds, word by word as it stands: "by the 16th, without fail". */
  quote: string;
  due?: Due;
}

const longestQuote = 70;
const readLength = 2_500;
const most = 3;

/**
 * The promises in a message that we wrote, at most three: "we will refund it", "it is there by Friday". Questions, conditions, what
 * is asked of the customer, and "unfortunately not" promise nothing. Only en, de, es and fr.
 */
export function findPromises(text: string, language: string | undefined): FoundPromise[] {
  const known = asBotLanguage(language);
  if (known === undefined) return [];
  return splitSentences(text.slice(0, readLength)).flatMap((sentence) => inSentence(sentence.text, known) ?? []).slice(0, most);
}

function inSentence(sentence: string, language: BotLanguage): FoundPromise | undefined {
  if (sentence.includes('?')) return undefined;
  const tokens = readTokens(sentence);
  const hits = findInLanguage(language, tokens);
  if (hits.some((hit) => hit.label === 'noPromise')) return undefined;
  const binds = hits.some((hit) => hit.label === 'commit' || hit.label === 'commitWithTerm');
  return binds || mayNameLimit(tokens.words, language) ? promiseOf(tokens, hits, findDue(sentence, language)) : undefined;
}

function promiseOf(tokens: TokenText, hits: readonly PhraseHit[], due: FoundDue | undefined): FoundPromise | undefined {
  const commit = hits.find((hit) => hit.label === 'commit' || (hit.label === 'commitWithTerm' && due !== undefined));
  if (commit === undefined && due?.isLimit !== true) return undefined;
  const isTermEnough = commit?.label === 'commitWithTerm' && due?.isLimit === true;
  const start = startOfQuote(tokens, commit === undefined || isTermEnough ? undefined : (tokens.starts[commit.from] ?? 0), due);
  return { sentence: tokens.text, quote: quoteFrom(tokens, start), ...(due === undefined ? {} : { due: due.due }) };
}

/** From "we will", unless the term would then fall off the end. */
function startOfQuote(tokens: TokenText, commit: number | undefined, due: FoundDue | undefined): number {
  const first = Math.min(commit ?? Number.POSITIVE_INFINITY, due?.start ?? Number.POSITIVE_INFINITY);
  if (due === undefined || due.end - first <= longestQuote) return commit === undefined ? (due?.start ?? 0) : first;
  return due.start;
}

/** From there to the sentence's end or the longest quote, at a word's end. */
function quoteFrom(tokens: TokenText, start: number): string {
  let end = start;
  for (const wordEnd of tokens.ends) if (wordEnd > start && wordEnd - start <= longestQuote) end = wordEnd;
  return tokens.text.slice(start, end);
}
