import type { PhraseHit } from './phrases.js';
import { splitSentences } from './sentences.js';
import type { TokenText } from './tokens.js';

/** Something a customer said about themselves, in their words. */
export interface StatedFact {
  /** The statement alone: "I commute daily, 22 km". */
  text: string;
  /** The whole sentence it stands in. */
  sentence: string;
}

const longest = 70;
const most = 2;

/** At most two statements ("I have two children"), taken word by word from the text. Questions and conditions state nothing. */
export function findStatedFacts(tokens: TokenText, hits: readonly PhraseHit[]): StatedFact[] {
  const begins = hits.filter((hit) => hit.label === 'aboutThemselves');
  if (begins.length === 0) return [];
  const sentences = splitSentences(tokens.text);
  const facts: StatedFact[] = [];
  let upTo = -1;
  for (const hit of begins) {
    const start = tokens.starts[hit.from] ?? 0;
    const sentence = sentences.find((candidate) => candidate.start <= start && start < candidate.end);
    if (start < upTo || sentence === undefined || isUnsaid(sentence.text) || isNegative(hit, hits)) continue;
    upTo = endOfStatement(tokens, hits, { hit, limit: sentence.end });
    facts.push({ text: tokens.text.slice(start, upTo).trim(), sentence: sentence.text });
    if (facts.length === most) break;
  }
  return facts;
}

function isUnsaid(sentence: string): boolean {
  return sentence.includes('?') || /^(?:if|wenn|falls|si|when)\b/i.test(sentence);
}

/** "I don't have children" is not kept; what they dislike is. */
function isNegative(hit: PhraseHit, hits: readonly PhraseHit[]): boolean {
  return hits.some((other) => other.label === 'negator' && other.to === hit.from);
}

/** Up to a comma that begins another thought, or to the sentence's end, at a word's end. */
function endOfStatement(tokens: TokenText, hits: readonly PhraseHit[], from: { hit: PhraseHit; limit: number }): number {
  const start = tokens.starts[from.hit.from] ?? 0;
  let end = tokens.ends[from.hit.to - 1] ?? start;
  for (let at = from.hit.to; at < tokens.words.length; at += 1) {
    const wordEnd = tokens.ends[at] ?? 0;
    if (wordEnd > from.limit || wordEnd - start > longest || (tokens.breaks[at] ?? 0) === 2 || beginsThought(tokens, hits, at)) break;
    end = wordEnd;
  }
  return end;
}

function beginsThought(tokens: TokenText, hits: readonly PhraseHit[], at: number): boolean {
  const afterComma = (tokens.breaks[at] ?? 0) > 0;
  if (afterComma && persons.has(tokens.words[at] ?? '')) return true;
  const joins = hits.some((hit) => hit.label === 'joiner' && hit.from === at);
  return joins && (afterComma || persons.has(tokens.words[at + 1] ?? '') || hits.some((hit) => opening.has(hit.label) && hit.from === at + 1));
}

/** What comes after an "and" and is a thought of its own. */
const opening: ReadonlySet<PhraseHit['label']> = new Set<PhraseHit['label']>(['request', 'question', 'aboutThemselves']);

const persons: ReadonlySet<string> = new Set('i we my the it you your this ich wir mein meine es das sie die der ihr yo mi el la lo nos me se je j nous mon ma le il elle vous c'.split(' '));
