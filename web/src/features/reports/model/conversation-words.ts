import type { ListedConversation } from '../../../lib/shapes.js';
import { pickParts, timesWords } from './conversation-picks.js';
import { counted, lengthWords } from './lengths.js';
import { bothClocks } from './receipt-words.js';

const statusWords: Readonly<Record<ListedConversation['status'], string>> = {
  open: 'not resolved yet', pending: 'not resolved yet, waiting for the customer', snoozed: 'not resolved yet, snoozed', resolved: 'resolved, which counts once it has held', spam: 'put away as spam',
};
const botWords = { helped: 'the bot helped', handed_over: 'the bot handed over', silent: 'the bot said nothing' } as const;

/** A fact of a conversation, by the part of a pick that is about it. */
interface Fact {
  part: string;
  words: string;
}

/** What counts about a conversation: first what the number is about, then the rest. */
export function conversationFacts(row: ListedConversation, pick: string): { first: string[]; rest: string[] } {
  const asked = new Set(pickParts(pick).map(({ name }) => name).filter((name) => name !== 'period'));
  if (asked.size === 0) asked.add('resolved');
  const facts = factsOf(row);
  const words = (isFirst: boolean) => facts.filter(({ part }) => asked.has(part) === isFirst).map((fact) => fact.words);
  return { first: words(true), rest: words(false) };
}

function factsOf(row: ListedConversation): Fact[] {
  const { resolved, assignedMs, reopened, transfers, touches, bot, contacts } = row;
  return [
    ...(contacts === undefined ? [] : [{ part: 'contacts', words: contacts.of === 1 ? 'solved at the first contact' : `conversation ${contacts.place} of ${contacts.of} until solved` }]),
    ...(transfers === 0 ? [] : [{ part: 'transfers', words: `passed on ${timesWords(transfers)}` }]),
    ...(reopened === 0 ? [] : [{ part: 'reopened', words: `opened again ${timesWords(reopened)}` }]),
    { part: 'answers', words: touches === 0 ? 'no answer' : counted(touches, 'answer') },
    { part: 'assigned', words: assignedMs === undefined ? (row.status === 'resolved' || row.status === 'spam' ? 'taken by nobody' : 'taken by nobody yet') : `taken after ${lengthWords(assignedMs, 'calendar')}` },
    { part: 'resolved', words: resolved === undefined ? statusWords[row.status] : `resolved after ${bothClocks(resolved)}` },
    ...(bot === undefined ? [] : [{ part: 'bot', words: botWords[bot] }]),
  ];
}
