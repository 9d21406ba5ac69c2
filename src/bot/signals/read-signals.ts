import { findStatedFacts } from './about-themselves.js';
import { isAcknowledgement, isGreetingOnly, saysOnly } from './acknowledgement.js';
import { findEmailAddresses } from './email-address.js';
import { detectLanguage } from './language.js';
import { rateMood } from './mood.js';
import { findOrderNumbers } from './order-number.js';
import { asBotLanguage, botLanguages, findInLanguage, isNegated, type PhraseHit, type PhraseLabel } from './phrases.js';
import { readTokens, type TokenText } from './tokens.js';

/** What one message tells by rules alone: more than `Signals` of the inbox needs. Where a rule is unsure it stays silent. */
export interface Signals {
  /** Two letters; the hint when the text is too short to tell. */
  language?: string;
  urgency: 'low' | 'normal' | 'high';
  /** -2 (angry) … 2 (delighted); 0 when nothing is felt, or the language is not one of the four. */
  mood: number;
  /** A feeling was named or a complaint shouted: a person should answer. */
  upset: boolean;
  wantsPerson: boolean;
  /** Only thanks, or "got it": nobody waits for an answer. */
  acknowledgement: boolean;
  /** "That helped, thanks": nothing else. */
  helped: boolean;
  /** "Never mind": nothing else. */
  takenBack: boolean;
  /** Only "hello". */
  greeting: boolean;
  /** About an order, delivery or return that exists. */
  aboutOrder: boolean;
  /** They ask to have the arrival of their message confirmed. */
  wantsReceipt: boolean;
  /** "I don't have it": an answer to the question for a number. */
  lacksNumber: boolean;
  orderNumbers: string[];
  addresses: string[];
  /** What they said about themselves, in their words: "I have two children". */
  facts: string[];
}

/**
 * Reads a customer's message: no IO, about 30 µs for 200 characters in en, de, es or fr. `hintLanguage` (of the
 * conversation or the browser) decides for texts that are too short to tell, such as "ok".
 */
export function readSignals(text: string, hintLanguage?: string): Signals {
  const tokens = readTokens(text);
  const language = detectLanguage(tokens, hintLanguage);
  const hits = hitsOf(tokens, language);
  const mood = hits.length === 0 && asBotLanguage(language) === undefined ? rateMood(facesOnly(tokens), []) : rateMood(tokens, hits);
  const acknowledgement = isAcknowledgement(tokens, hits);
  return {
    ...(language === undefined ? {} : { language }),
    urgency: urgencyOf(tokens, hits),
    mood: acknowledgement ? Math.min(mood.value, 1) : mood.value,
    upset: mood.upset,
    wantsPerson: wantsPerson(tokens, hits),
    acknowledgement,
    helped: saysOnly('helped', tokens, hits),
    takenBack: saysOnly('takenBack', tokens, hits),
    greeting: isGreetingOnly(tokens, hits),
    aboutOrder: has(hits, 'order'),
    wantsReceipt: has(hits, 'wantsReceipt'),
    lacksNumber: has(hits, 'noNumber'),
    orderNumbers: findOrderNumbers(tokens.text),
    addresses: findEmailAddresses(tokens.text),
    facts: findStatedFacts(tokens, hits).map((fact) => fact.text),
  };
}

/** A short text of which no language can be told is read in all four: "ok", "agent", "urgent". */
function hitsOf(tokens: TokenText, language: string | undefined): PhraseHit[] {
  const known = asBotLanguage(language);
  if (known !== undefined) return findInLanguage(known, tokens);
  if (language !== undefined || tokens.words.length > 4) return [];
  return botLanguages.flatMap((each) => findInLanguage(each, tokens));
}

function facesOnly(tokens: TokenText): TokenText {
  return { ...tokens, words: [], letters: 0, capitals: 0 };
}

function urgencyOf(tokens: TokenText, hits: readonly PhraseHit[]): Signals['urgency'] {
  if (has(hits, 'notUrgent')) return 'low';
  return hits.some((hit) => hit.label === 'urgent' && !isNegated(hit, hits, tokens)) ? 'high' : 'normal';
}

const personAlone: ReadonlySet<string> = new Set(['human', 'agent', 'operator', 'person', 'mensch', 'mitarbeiter', 'humano', 'agente', 'persona', 'humain', 'conseiller']);

function wantsPerson(tokens: TokenText, hits: readonly PhraseHit[]): boolean {
  if (tokens.words.length <= 2 && tokens.words.some((word) => personAlone.has(word))) return true;
  return hits.some((hit) => hit.label === 'wantsPerson' && !isNegated(hit, hits, tokens));
}

function has(hits: readonly PhraseHit[], label: PhraseLabel): boolean {
  return hits.some((hit) => hit.label === label);
}
