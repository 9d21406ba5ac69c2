import type { ConversationPage } from '../../../lib/shapes.js';
import { count, counted } from './lengths.js';

type Sums = Pick<ConversationPage, 'total' | 'sums'>;

/** Parts whose number counts something other than conversations: then the heading says both. */
const numbers: Readonly<Record<string, (sums: ConversationPage['sums'], value: string) => string>> = {
  'reopened': ({ reopened }) => `${counted(reopened, 'time')} opened again`,
  'transfers': ({ transfers }) => `${counted(transfers, 'time')} passed on`,
  'answers': ({ touches }) => counted(touches, 'answer'),
  'contacts': ({ customers }, value) => `${counted(customers, 'customer')} ${contactWords[value] ?? contactWords['once|more'] ?? ''}`,
};
const contactWords: Readonly<Record<string, string>> = { 'once': 'solved at the first contact', 'more': 'solved after more than one contact', 'once|more': 'solved' };
const botWords: Readonly<Record<string, string>> = { helped: 'in which the bot helped', handed_over: 'handed over by the bot', silent: 'without a word of the bot' };

/** The others, after "12 conversations". */
const words: Readonly<Record<string, (value: string) => string | undefined>> = {
  resolved: () => 'resolved',
  assigned: () => 'taken by somebody',
  reopened: () => 'opened again',
  transfers: () => 'passed on',
  answers: () => 'with an answer',
  bot: (value) => value.split('|').map((part) => botWords[part] ?? part).join(' or '),
  contacts: (value) => `of customers ${contactWords[value] ?? contactWords['once|more'] ?? ''}`,
  period: (value) => (value === 'before' ? 'in the period before' : undefined),
};

export interface PickPart {
  name: string;
  value: string;
}

/** The parts of a pick; what is none is left out. */
export function pickParts(pick: string): PickPart[] {
  return pick.split(';').flatMap((part) => {
    const at = part.indexOf(':');
    return at < 0 ? [] : [{ name: part.slice(0, at), value: part.slice(at + 1) }];
  });
}

/** What a number stands for, with the number itself once it is known: "14 times passed on, in 9 conversations". */
export function conversationsHeading(pick: string, page: Sums | undefined): string {
  if (page === undefined) return conversationsTitle(pick);
  const parts = pickParts(pick);
  const first = parts.find(({ name }) => numbers[name] !== undefined);
  const number = first === undefined ? undefined : numbers[first.name]?.(page.sums, first.value);
  const rest = wordsOf(parts.filter((part) => part !== first));
  const conversations = counted(page.total, 'conversation');
  return `${number === undefined ? conversations : `${number}, in ${conversations}`}${rest === '' ? '' : ` ${rest}`}`;
}

/** The same without numbers. */
export function conversationsTitle(pick: string): string {
  const said = wordsOf(pickParts(pick));
  return said === '' ? 'Conversations' : `Conversations ${said}`;
}

function wordsOf(parts: readonly PickPart[]): string {
  return parts.flatMap(({ name, value }) => words[name]?.(value) ?? []).join(', ');
}

/** "once", "twice", "3 times" */
export function timesWords(times: number): string {
  return ['never', 'once', 'twice'][times] ?? `${count(times)} times`;
}
