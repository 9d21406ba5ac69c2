import { asBotLanguage, findInLanguage, type PhraseHit } from './phrases.js';
import { rateMood } from './mood.js';
import { splitSentences, type Sentence } from './sentences.js';
import { readTokens, type TokenText } from './tokens.js';

/** What a sentence does. A salutation or a closing is `courtesy`. */
export type SentenceKind = 'question' | 'request' | 'complaint' | 'statement' | 'courtesy';

export interface ReadSentence extends Sentence {
  kind: SentenceKind;
  /** Names a number, an amount, a date or an order. */
  isConcrete: boolean;
  words: number;
}

/** Every sentence with what it does. In a language the bot does not speak, only question marks tell. */
export function readSentences(text: string, language: string | undefined): ReadSentence[] {
  const known = asBotLanguage(language);
  return splitSentences(text.slice(0, 4_000)).map((sentence) => {
    const tokens = readTokens(sentence.text);
    const hits = known === undefined ? [] : findInLanguage(known, tokens);
    return { ...sentence, kind: kindOf(sentence.text, tokens, hits), isConcrete: isConcrete(sentence.text, hits), words: tokens.words.length };
  });
}

function kindOf(text: string, tokens: TokenText, hits: readonly PhraseHit[]): SentenceKind {
  if (tokens.words.length === 0 || isCourtesy(tokens, hits)) return 'courtesy';
  if (text.includes('?') || startsLikeQuestion(tokens, hits)) return 'question';
  if (hits.some((hit) => hit.label === 'request')) return 'request';
  return isComplaint(tokens, hits) ? 'complaint' : 'statement';
}

/** Without its mark a question is recognised only by its first word, and only when short. */
function startsLikeQuestion(tokens: TokenText, hits: readonly PhraseHit[]): boolean {
  return tokens.words.length >= 3 && tokens.words.length <= 16 && hits.some((hit) => hit.label === 'question' && hit.from === 0 && (hit.to > 1 || tokens.words.length <= 9));
}

function isComplaint(tokens: TokenText, hits: readonly PhraseHit[]): boolean {
  if (hits.some((hit) => hit.label === 'mood' && hit.value < 0)) return rateMood(tokens, hits).value < 0 || hasFault(hits);
  return false;
}

function hasFault(hits: readonly PhraseHit[]): boolean {
  const faults = hits.filter((hit) => hit.label === 'mood' && hit.value < 0);
  return faults.some((fault) => !hits.some((other) => other.label === 'mood' && other.value === 0 && other.from <= fault.from && other.to >= fault.to));
}

/** Greetings, thanks and closings, also with a name: "Dear team,", "Kind regards, Ines". */
function isCourtesy(tokens: TokenText, hits: readonly PhraseHit[]): boolean {
  if (tokens.words.length > 10 || tokens.text.includes('?')) return false;
  const held = new Set<number>();
  for (const hit of hits) {
    if (hit.label === 'greeting' || hit.label === 'thanks' || hit.label === 'beside' || (hit.label === 'mood' && hit.value === 0)) {
      for (let at = hit.from; at < hit.to; at += 1) held.add(at);
    }
  }
  const unknown = tokens.words.length - held.size;
  return held.size > 0 && (unknown === 0 || (unknown <= 2 && restAreNames(tokens, held)));
}

function restAreNames(tokens: TokenText, held: ReadonlySet<number>): boolean {
  return tokens.words.every((word, at) => held.has(at) || (/^\p{Lu}/u.test(tokens.text.slice(tokens.starts[at])) && !/\d/.test(word)));
}

function isConcrete(text: string, hits: readonly PhraseHit[]): boolean {
  return /\d/.test(text) || hits.some((hit) => hit.label === 'order');
}
