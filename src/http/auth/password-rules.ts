import { AppError } from '../../errors.js';
import { commonRuns, commonWords } from './common-passwords.js';

const shortest = 12;
const longest = 256;
/** Signs that are read as letters. Those of `mark` as often only stand at the end. */
const letter: Record<string, string> = { '0': 'o', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's', '€': 'e' };
const mark: Record<string, string> = { '1': 'i', '!': 'i', '|': 'l' };

/**
 * Throws `bad_request` (facts: `rule`) for a password that guessing finds early: shorter than 12 characters, from the
 * list of what everybody chooses, one thing repeated, or built from the person's own name or address. No rule about kinds of characters.
 */
export function assertGoodPassword(password: string, person: { name: string; email: string }): void {
  const rule = brokenRule(password, person);
  if (rule) throw new AppError('bad_request', rule.message, { facts: { rule: rule.name } });
}

function brokenRule(password: string, person: { name: string; email: string }): { name: string; message: string } | undefined {
  const length = [...password].length;
  if (length < shortest) return { name: 'too_short', message: `A password has at least ${shortest} characters.` };
  if (length > longest) return { name: 'too_long', message: `A password has at most ${longest} characters.` };
  if (isPersonal(password, person)) return { name: 'personal', message: 'The password is made from your name or address.' };
  if (isCommon(password)) return { name: 'common', message: 'That password is among the first that are tried.' };
  return undefined;
}

function isPersonal(password: string, person: { name: string; email: string }): boolean {
  const [local = '', domain = ''] = person.email.toLowerCase().split('@');
  const own = [local, domain.split('.')[0] ?? '', ...local.split(/[^\p{L}\p{N}]+/u), ...person.name.toLowerCase().split(/[^\p{L}\p{N}]+/u)];
  return isOnlyMadeOf(password.toLowerCase(), own.filter((part) => part.length >= 3));
}

function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  if (new Set(lower).size <= 4) return true;
  if (isRepeated(lower)) return true;
  const asLetters = (signs: Record<string, string>) => [...lower].map((character) => signs[character] ?? character).join('');
  return [lower, asLetters(letter), asLetters({ ...letter, ...mark })].some((form) => isOnlyMadeOf(form, commonWords) || isCutFromRun(form));
}

/** What is left when the words are taken out is figures, signs and at most two letters. */
function isOnlyMadeOf(password: string, words: readonly string[]): boolean {
  const longestFirst = words.filter((word) => password.includes(word)).sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return false;
  let rest = password;
  for (const word of longestFirst) rest = rest.split(word).join(' ');
  return rest.replace(/[^\p{L}]/gu, '').length <= 2;
}

function isRepeated(password: string): boolean {
  const doubled = password + password;
  return doubled.indexOf(password, 1) < password.length;
}

/** Twelve of the characters, in a row, stand in a keyboard row or a count, and little else is there. */
function isCutFromRun(password: string): boolean {
  return commonRuns.some((run) => {
    for (let length = Math.min(run.length, password.length); length >= 6; length -= 1) {
      for (let from = 0; from + length <= run.length; from += 1) {
        if (password.includes(run.slice(from, from + length)) && password.length - length <= 5) return true;
      }
    }
    return false;
  });
}
