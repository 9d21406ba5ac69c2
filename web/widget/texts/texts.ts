import { de } from './de.js';
import { en, type Texts } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';

export type { Texts };

export function textsFor(language: string): Texts {
  const all: Record<string, Texts> = { en, de, es, fr };
  return all[language] ?? en;
}

/** Fills `{name}` and the like. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}
