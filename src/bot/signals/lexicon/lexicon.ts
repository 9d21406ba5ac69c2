/** The languages the bot reads and speaks. */
export type BotLanguage = 'en' | 'de' | 'es' | 'fr';

/**
 * What one language says, as phrases (see `patterns.ts`). One file per language, so that a native speaker can correct it alone.
 * Prefer leaving something out to a phrase that is often meant otherwise.
 */
export interface Lexicon {
  /** Rated -2.4, -1.2, -0.7, 0.4, 1.2, 2.4: feelings, then what went wrong, then courtesy, then praise. */
  furious: readonly string[];
  unhappy: readonly string[];
  problem: readonly string[];
  polite: readonly string[];
  pleased: readonly string[];
  delighted: readonly string[];
  /** Contains a word of the above and means nothing by it. */
  neutral: readonly string[];
  /** Turns what follows within three words. */
  negator: readonly string[];
  booster: readonly string[];
  wantsPerson: readonly string[];
  urgent: readonly string[];
  notUrgent: readonly string[];
  /** What a message that only says thanks is made of, and what may stand beside it. */
  thanks: readonly string[];
  beside: readonly string[];
  /** What the bot said was the answer. */
  helped: readonly string[];
  /** They take the question back. */
  takenBack: readonly string[];
  greeting: readonly string[];
  /** How a question or a request begins, or what makes it one. */
  question: readonly string[];
  request: readonly string[];
  /** About an order, a delivery or a return that exists already. */
  order: readonly string[];
  noNumber: readonly string[];
  /** What was promised has come. */
  done: readonly string[];
  /** "We will refund": somebody binds themselves to do something. */
  commit: readonly string[];
  /** The same in the present tense: binds only together with a term ("wir liefern am Freitag"). */
  commitWithTerm: readonly string[];
  /** Turns a sentence with a date into something else than a promise. */
  noPromise: readonly string[];
  wantsReceipt: readonly string[];
  /** Where a statement about themselves begins. */
  aboutThemselves: readonly string[];
  /** A statement ends before these, after a comma. */
  joiner: readonly string[];
}
