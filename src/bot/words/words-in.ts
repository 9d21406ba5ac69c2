import type { BotLanguage } from '../signals/lexicon/lexicon.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import type { Words } from './words.js';

const tables: Readonly<Record<BotLanguage, Words>> = { en, de, es, fr };

export function wordsIn(language: BotLanguage): Words {
  return tables[language];
}

/** Whether the text is this choice of ours, in any language: they may have switched between question and answer. */
export function isChoice(text: string, choice: 'stayHere' | 'noNumber' | 'anotherNumber'): boolean {
  const typed = plain(text);
  return Object.values(tables).some((words) => plain(words[choice]) === typed);
}

function plain(text: string): string {
  return text.trim().replace(/[’']/g, "'").replace(/[.!]+$/, '').toLowerCase();
}
