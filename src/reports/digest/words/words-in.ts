import type { Language } from '../../../inbox/model/people.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import type { DigestWords } from './words.js';

const tables: Readonly<Record<Language, DigestWords>> = { en, de, es, fr };

export function wordsIn(language: Language): DigestWords {
  return tables[language];
}

/** The first of these that is a language of ours; English when none is. */
export function languageOf(...wanted: readonly (string | undefined)[]): Language {
  return wanted.flatMap((code) => Object.values(tables).find(({ language }) => language === code)?.language ?? [])[0] ?? 'en';
}
