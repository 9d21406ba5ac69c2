import { createRequire } from 'node:module';
import { foldAccents } from './fold.js';

type Stemmer = { stem(word: string): string };

const algorithms = { en: 'english', de: 'german', es: 'spanish', fr: 'french' } as const;
export type StemLanguage = keyof typeof algorithms;

/** Words are stemmed in these languages; all others are found as they were written, and by prefix. */
export const stemLanguages = Object.keys(algorithms) as readonly StemLanguage[];

const wordsPerGeneration = 8_000;

/** The folded stem of a normalised word (accents still on). Loads its language on first use; remembers the words of late. */
export class Stems {
  private stemmer: Stemmer | undefined;
  private young = new Map<string, string>();
  private old = new Map<string, string>();

  constructor(private readonly language: StemLanguage) {}

  of(word: string): string {
    const known = this.young.get(word);
    if (known !== undefined) return known;
    const stem = this.old.get(word) ?? this.compute(word);
    this.young.set(word, stem);
    if (this.young.size >= wordsPerGeneration) {
      this.old = this.young;
      this.young = new Map();
    }
    return stem;
  }

  private compute(word: string): string {
    this.stemmer ??= loadStemmer(this.language);
    return foldAccents(this.stemmer.stem(word));
  }
}

/** Nearly a megabyte of code: only when there is something to stem. */
function loadStemmer(language: StemLanguage): Stemmer {
  const library = createRequire(import.meta.url)('snowball-stemmers') as { newStemmer(algorithm: string): Stemmer };
  return library.newStemmer(algorithms[language]);
}

/** `de-AT` and `DE` are `de`; `undefined` for a language without stemmer. */
export function stemLanguageOf(language: string | undefined): StemLanguage | undefined {
  const base = language?.slice(0, 2).toLowerCase();
  return stemLanguages.find((one) => one === base);
}
