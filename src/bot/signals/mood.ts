import { isNegated, isSameClause, type PhraseHit } from './phrases.js';
import type { TokenText } from './tokens.js';

export interface Mood {
  /** -2 (angry) … 2 (delighted); 0 when nothing is felt. */
  value: number;
  /** They say that they are angry, disappointed …, or shout a complaint: a person should answer. */
  upset: boolean;
}

/** At or below this, one phrase alone is a feeling and not only a fault reported. */
const feeling = -1.2;

/** Rates a text by the phrases found in it (`findInLanguage`), by shouting and by emoji. */
export function rateMood(tokens: TokenText, hits: readonly PhraseHit[]): Mood {
  const words = scoreWords(tokens, hits);
  const faces = scoreFaces(tokens.text);
  const shouted = isShouted(tokens);
  const score = shouting(words.score + faces, { shouted, marks: exclamations(tokens.text) });
  const value = stepOf(score);
  return { value, upset: words.feeling || value === -2 || faces <= -2 || (shouted && value < 0) };
}

function stepOf(score: number): number {
  if (score <= -2.2) return -2;
  if (score <= -1) return -1;
  if (score >= 2.2) return 2;
  return score >= 1 ? 1 : 0;
}

/** Shouting makes a complaint worse, and never makes praise of it. */
function shouting(score: number, how: { shouted: boolean; marks: number }): number {
  if (score < 0) return score * (how.marks >= 2 ? 1.3 : 1) - (how.shouted ? 1 : 0);
  if (how.shouted && score === 0) return -1;
  return how.marks >= 2 ? score * 1.3 : score;
}

function scoreWords(tokens: TokenText, hits: readonly PhraseHit[]): { score: number; feeling: boolean } {
  let score = 0;
  let isFeeling = false;
  for (const hit of moodHits(hits)) {
    const negated = isNegated(hit, hits, tokens);
    const boosted = isBoosted(hit, hits, tokens) ? 1.4 : 1;
    score += negated ? turned(hit.value) : hit.value * boosted;
    if (!negated && hit.value <= feeling) isFeeling = true;
  }
  return { score, feeling: isFeeling };
}

/** "Not good" is bad, "not bad" is not yet good. */
function turned(value: number): number {
  return value > 0 ? Math.max(-1.2, value * -0.9) : value * -0.2;
}

/** Of overlapping phrases the longest counts: "no problem" hides "problem". */
function moodHits(hits: readonly PhraseHit[]): PhraseHit[] {
  const moods = hits.filter((hit) => hit.label === 'mood');
  return moods.filter((hit) => !moods.some((other) => other !== hit && covers(other, hit)));
}

function covers(other: PhraseHit, hit: PhraseHit): boolean {
  const overlaps = other.from < hit.to && hit.from < other.to;
  const length = other.to - other.from - (hit.to - hit.from);
  return overlaps && (length > 0 || (length === 0 && other.from < hit.from));
}

function isBoosted(hit: PhraseHit, hits: readonly PhraseHit[], tokens: TokenText): boolean {
  return hits.some((other) => other.label === 'booster' && other.to === hit.from && isSameClause(tokens, other.from, hit.from));
}

function isShouted(tokens: TokenText): boolean {
  return tokens.letters >= 12 && tokens.words.length >= 3 && tokens.capitals >= tokens.letters * 0.7;
}

function exclamations(text: string): number {
  let count = 0;
  for (let at = text.indexOf('!'); at >= 0 && count < 3; at = text.indexOf('!', at + 1)) count += 1;
  return count;
}

const faces: readonly { value: number; pattern: RegExp }[] = [
  { value: -2.4, pattern: /[😡🤬😠👿]/u },
  { value: -1.2, pattern: /[😞😢😭😤🙄😒👎😩😫💔]|:-?\((?!\w)/u },
  { value: 1.2, pattern: /[😊🙂😀😃😄😁👍🙏❤👏💪]|:-?\)(?!\w)/u },
  { value: 2.4, pattern: /[😍🥰🤩🎉💖]/u },
];

/** Each kind of face counts once. */
function scoreFaces(text: string): number {
  if (!mayHoldFace(text)) return 0;
  let score = 0;
  for (const face of faces) if (face.pattern.test(text)) score += face.value;
  return score;
}

function mayHoldFace(text: string): boolean {
  if (text.includes(':-') || text.includes(':)') || text.includes(':(')) return true;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0x2700) return true;
  return false;
}
