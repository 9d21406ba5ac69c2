import type { Message } from '../../inbox/model/message.js';
import { readSentences, type ReadSentence } from '../signals/asks.js';
import { languageByWords } from '../signals/language.js';
import { rateMood } from '../signals/mood.js';
import { asBotLanguage, findInLanguage, isNegated } from '../signals/phrases.js';
import { readSignals } from '../signals/read-signals.js';
import { readTokens } from '../signals/tokens.js';

/** Reads messages for one brief; each is read once. */
export interface Reader {
  language(message: Message): string | undefined;
  sentences(message: Message): readonly ReadSentence[];
  /** Thanks, or praise without a question: nobody waits for an answer to it. */
  asksNothing(message: Message): boolean;
  /** What a later message says of something promised. */
  verdict(message: Message): Verdict;
}

export interface Verdict {
  isComplaint: boolean;
  /** "It arrived", "it works again". */
  saysDone: boolean;
}

/** `hint`: the language of the conversation, for messages too short to tell. */
export function createReader(hint: string | undefined): Reader {
  const language = (message: Message): string | undefined => message.language ?? languageByWords(message.text) ?? hint;
  const sentences = once((message) => readSentences(message.text, language(message)));
  return { language, sentences, asksNothing: once((message) => asksNothing(message, sentences)), verdict: once((message) => verdictOf(message, language(message))) };
}

function once<Value>(read: (message: Message) => Value): (message: Message) => Value {
  const known = new Map<string, Value>();
  return (message) => {
    const found = known.get(message._id);
    if (found !== undefined) return found;
    const value = read(message);
    known.set(message._id, value);
    return value;
  };
}

function asksNothing(message: Message, sentences: Reader['sentences']): boolean {
  if ((message.attachments ?? []).length > 0) return false;
  if ((message.mood ?? 0) <= 0) return message.text.length <= 200 && readSignals(message.text, message.language).acknowledgement;
  return sentences(message).every((sentence) => sentence.kind === 'statement' || sentence.kind === 'courtesy');
}

function verdictOf(message: Message, language: string | undefined): Verdict {
  const known = asBotLanguage(language);
  if (known === undefined) return { isComplaint: (message.mood ?? 0) < 0, saysDone: false };
  const tokens = readTokens(message.text);
  const hits = findInLanguage(known, tokens);
  const hasFault = hits.some((hit) => hit.label === 'mood' && hit.value < 0 && !isNegated(hit, hits, tokens)) && !hits.some((hit) => hit.label === 'mood' && hit.value === 0);
  return {
    isComplaint: (message.mood ?? 0) < 0 || hasFault || rateMood(tokens, hits).value < 0,
    saysDone: hits.some((hit) => hit.label === 'done' && !isNegated(hit, hits, tokens)),
  };
}
