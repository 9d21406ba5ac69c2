import { foldAccents } from './fold.js';
import { splitWords, type RawWord } from './split.js';
import { Stems, stemLanguageOf, stemLanguages, type StemLanguage } from './stem.js';

/** What a text is found by. Letters and digits only, folded: never a sign, never a space. */
export interface TextTerms {
  /** Every word in the order of the text, for phrases. */
  words: string[];
  /** Stems that differ from their word, and codes without their signs; no order, none twice. */
  extras: string[];
}

/** Of a longer text only the beginning is findable. */
export const longestText = 100_000;

const hasDigit = /\p{N}/u;

/**
 * The one tokenizer, for texts and for queries. A text is found by its words as written, and by their stems in the
 * text's language, or in all four where the language is not known. A query's word stands for itself and for its stems in all
 * of them (`variantsOf`): so neither side has to know the language of the other, and a word always finds itself.
 */
export class Tokenizer {
  private readonly stems: ReadonlyMap<StemLanguage, Stems> = new Map(stemLanguages.map((language) => [language, new Stems(language)]));

  /** Words and stems of a text; `language` as detected (`de`, `en-GB`). */
  termsOf(text: string, language?: string): TextTerms {
    const languages = language === undefined ? stemLanguages : [stemLanguageOf(language)].filter((one) => one !== undefined);
    const words: string[] = [];
    const extras = new Set<string>();
    for (const raw of splitWords(text, longestText)) {
      const word = foldAccents(raw.text);
      words.push(word);
      if (raw.joined !== undefined) extras.add(foldAccents(raw.joined));
      if (hasStem(raw)) for (const one of languages) this.addStem(extras, raw.text, word, one);
    }
    return { words, extras: [...extras] };
  }

  /** A query's word and every stem a text may have it under; the word as written comes first. */
  variantsOf(raw: RawWord): string[] {
    const word = foldAccents(raw.text);
    const variants = new Set([word]);
    if (hasStem(raw)) {
      for (const language of stemLanguages) {
        this.addStem(variants, raw.text, word, language);
        if (word !== raw.text) this.addStem(variants, word, word, language);
      }
    }
    return [...variants];
  }

  private addStem(into: Set<string>, text: string, word: string, language: StemLanguage): void {
    const stem = this.stems.get(language)?.of(text) ?? word;
    if (stem !== word && stem !== '') into.add(stem);
  }
}

function hasStem(raw: RawWord): boolean {
  return !raw.pair && raw.text.length > 2 && !hasDigit.test(raw.text);
}
