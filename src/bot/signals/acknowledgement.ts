import type { PhraseHit } from './phrases.js';
import type { TokenText } from './tokens.js';

const longest = 14;

/**
 * Only thanks or "got it" and what goes with them: nobody waits for an answer to it. A wrong yes would leave a customer
 * waiting, so one word that is not known here is enough for no; a name beside the thanks is let through.
 */
export function isAcknowledgement(tokens: TokenText, hits: readonly PhraseHit[]): boolean {
  if (tokens.words.length === 0) return /^\s*(?:[👍🙏👌😊🙂❤✅]\uFE0F?\p{Emoji_Modifier}?\s*){1,4}$/u.test(tokens.text);
  if (tokens.words.length > longest || tokens.text.includes('?')) return false;
  const isThanks = covered(tokens, hits, ['thanks']);
  if (!isThanks.includes(true)) return false;
  const known = covered(tokens, hits, ['thanks', 'beside']);
  return unknownNames(tokens, known) <= 2;
}

/**
 * Only that it helped, or only that the question is taken back, with thanks and courtesies beside it. One word that is
 * not known here is enough for no, as above: "never mind the colour, when does it come?" asks.
 */
export function saysOnly(label: 'helped' | 'takenBack', tokens: TokenText, hits: readonly PhraseHit[]): boolean {
  if (tokens.words.length === 0 || tokens.words.length > longest || tokens.text.includes('?')) return false;
  if (!hits.some((hit) => hit.label === label) || isNegatedSomewhere(hits)) return false;
  return unknownNames(tokens, covered(tokens, hits, [label, 'thanks', 'beside', 'greeting'])) <= 2;
}

function isNegatedSomewhere(hits: readonly PhraseHit[]): boolean {
  return hits.some((hit) => hit.label === 'negator' && !hits.some((other) => (other.label === 'helped' || other.label === 'takenBack') && other.from <= hit.from && hit.to <= other.to));
}

/** Only a greeting: they have not said yet what it is about. */
export function isGreetingOnly(tokens: TokenText, hits: readonly PhraseHit[]): boolean {
  if (tokens.words.length === 0 || tokens.words.length > 6) return false;
  return covered(tokens, hits, ['greeting']).every(Boolean);
}

/** Per word whether a phrase with one of the labels holds it. */
function covered(tokens: TokenText, hits: readonly PhraseHit[], labels: readonly PhraseHit['label'][]): boolean[] {
  const held = new Array<boolean>(tokens.words.length).fill(false);
  for (const hit of hits) if (labels.includes(hit.label)) held.fill(true, hit.from, hit.to);
  return held;
}

/** Words that are not known: names (a capital, after the first word) are counted, anything else is too many. */
function unknownNames(tokens: TokenText, known: readonly boolean[]): number {
  let names = 0;
  for (let at = 0; at < known.length; at += 1) {
    if (known[at] === true) continue;
    if (at === 0 || !startsWithCapital(tokens, at) || isNumber(tokens, at)) return Number.POSITIVE_INFINITY;
    names += 1;
  }
  return names;
}

function startsWithCapital(tokens: TokenText, at: number): boolean {
  const letter = tokens.text.charAt(tokens.starts[at] ?? 0);
  return letter !== letter.toLowerCase();
}

function isNumber(tokens: TokenText, at: number): boolean {
  return /\d/.test(tokens.words[at] ?? '');
}
