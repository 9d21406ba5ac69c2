import { de } from './lexicon/de.js';
import { en } from './lexicon/en.js';
import { es } from './lexicon/es.js';
import { fr } from './lexicon/fr.js';
import type { BotLanguage, Lexicon } from './lexicon/lexicon.js';
import { compilePhrases, findPhrases, type Hit, type PhraseGroup, type PhraseTable } from './patterns.js';
import type { TokenText } from './tokens.js';

/** What a found phrase is: a mood (rated), or the lexicon's own name of the group. */
export type PhraseLabel = 'mood' | Exclude<keyof Lexicon, keyof typeof moodValues>;

export type PhraseHit = Hit<PhraseLabel>;

const lexicons: Readonly<Record<BotLanguage, Lexicon>> = { en, de, es, fr };

/** The languages the bot reads and speaks, the most common first. */
export const botLanguages: readonly BotLanguage[] = ['en', 'de', 'es', 'fr'];

const moodValues = { furious: -2.4, unhappy: -1.2, problem: -0.7, polite: 0.4, pleased: 1.2, delighted: 2.4, neutral: 0 } as const;

const compiled = new Map<BotLanguage, PhraseTable<PhraseLabel>>();

/** `undefined` for a language that the bot does not speak. Regional forms count: `de-AT` is `de`. */
export function asBotLanguage(language: string | undefined): BotLanguage | undefined {
  const primary = language?.slice(0, 2).toLowerCase();
  return botLanguages.find((known) => known === primary);
}

/** Everything that the text says in this language, in one pass. The language's table is compiled at its first use. */
export function findInLanguage(language: BotLanguage, tokens: TokenText): PhraseHit[] {
  return findPhrases(tableOf(language), tokens);
}

function tableOf(language: BotLanguage): PhraseTable<PhraseLabel> {
  const known = compiled.get(language);
  if (known !== undefined) return known;
  const table = compilePhrases(groupsOf(lexicons[language]));
  compiled.set(language, table);
  return table;
}

function groupsOf(lexicon: Lexicon): PhraseGroup<PhraseLabel>[] {
  const groups: PhraseGroup<PhraseLabel>[] = [];
  for (const name of Object.keys(lexicon).filter(isGroupName)) {
    if (isMood(name)) groups.push({ label: 'mood', value: moodValues[name], phrases: lexicon[name] });
    else groups.push({ label: name, value: 1, phrases: lexicon[name] });
  }
  return groups;
}

function isGroupName(name: string): name is keyof Lexicon {
  return name in en;
}

function isMood(name: keyof Lexicon): name is keyof typeof moodValues {
  return name in moodValues;
}

/** True when one of the three words before the hit, in the same clause, is a negation. */
export function isNegated(hit: PhraseHit, hits: readonly PhraseHit[], tokens: TokenText): boolean {
  return hits.some((other) => other.label === 'negator' && other.to <= hit.from && hit.from - other.to < 3 && isSameClause(tokens, other.from, hit.from));
}

/** No comma, point or line end between the two words. */
export function isSameClause(tokens: TokenText, from: number, to: number): boolean {
  for (let at = from + 1; at <= to; at += 1) if ((tokens.breaks[at] ?? 0) > 0) return false;
  return true;
}
