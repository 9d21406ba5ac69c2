import type { BotTurn } from '../inbox/ports.js';
import type { ChannelKind } from '../inbox/model/common.js';
import { describeOpening } from './describe-opening.js';
import { asBotLanguage } from './signals/phrases.js';
import { findOrderNumbers, orderNumberInAnswer } from './signals/order-number.js';
import { readSignals, type Signals } from './signals/read-signals.js';
import type { BotLanguage } from './signals/lexicon/lexicon.js';
import { isChoice, wordsIn } from './words/words-in.js';
import type { Words } from './words/words.js';

/** How the bot behaves on a kind of channel. */
export interface Manners {
  /** Says hello and who it is. */
  greets: boolean;
  /** May ask one thing and wait for the answer. Where people are not sitting in front of it, waiting costs them time. */
  asks: boolean;
  /** `when_useful`: only when closed, or when they asked whether it arrived. */
  speaks: 'always' | 'when_useful';
}

/** People who write privately and in turns: it may greet and ask. In public, in groups and by letter it says only what helps. */
const chatty: Manners = { greets: true, asks: true, speaks: 'always' };
const reserved: Manners = { greets: false, asks: false, speaks: 'when_useful' };

export const manners: Readonly<Record<ChannelKind, Manners>> = {
  webchat: chatty, email: reserved, webhook: reserved, slack: reserved, discord: reserved, messenger: chatty, instagram: chatty, whatsapp: chatty, telegram: chatty,
  x: reserved, botframework: chatty, sms: reserved, xmpp: reserved, irc: reserved, mastodon: reserved, bluesky: reserved, discourse: reserved,
};

/** The one thing it may ask for. */
export type Missing = 'address' | 'order';

/** Everything one turn is decided from. */
export interface Hearing {
  turn: BotTurn;
  signals: Signals;
  language: BotLanguage;
  words: Words;
  manners: Manners;
}

/** A turn is taken only for a customer's own message, before any human has spoken. */
export function mayTakeTurn(turn: BotTurn): boolean {
  const { conversation, message } = turn;
  return conversation.ownership === 0 && conversation.status !== 'spam' && message.kind === 'in' && message.auto === undefined;
}

/** `known`: the language of this conversation so far. */
export function hear(turn: BotTurn, known: string | undefined): Hearing {
  const hint = known ?? turn.message.language ?? turn.conversation.language;
  const signals = readSignals(turn.message.text, hint);
  const language = asBotLanguage(signals.language) ?? asBotLanguage(turn.defaultLanguage) ?? 'en';
  return { turn, signals, language, words: wordsIn(language), manners: manners[turn.conversation.channelKind] };
}

/** Why it hands over without asking anything; shown to the agents. */
export function handOverAtOnce(hearing: Hearing): string | undefined {
  const { signals, turn } = hearing;
  if (turn.message.unreadable !== undefined) return 'the message could not be read';
  if (signals.wantsPerson) return 'the customer asked for a person';
  return signals.upset ? 'the customer is upset' : undefined;
}

/** What an agent will need and nobody has said yet: an address to answer to, else the number of the order it is about. */
export function missingThing(hearing: Hearing): Missing | undefined {
  const { signals, turn } = hearing;
  if (turn.needsAddress && signals.addresses.length === 0) return 'address';
  return signals.aboutOrder && orderNumberSaid(hearing) === undefined ? 'order' : undefined;
}

function orderNumberSaid(hearing: Hearing): string | undefined {
  const { turn, signals } = hearing;
  return signals.orderNumbers[0] ?? turn.history.filter((message) => message.kind === 'in').flatMap((message) => findOrderNumbers(message.text))[0];
}

/** The question with its choices. Orders that the brief names are offered. */
export function questionFor(missing: Missing, hearing: Hearing): { text: string; choices: string[] } {
  const { words } = hearing;
  if (missing === 'address') return { text: words.askAddress, choices: [words.stayHere] };
  const known = findOrderNumbers(hearing.turn.brief.lines.flatMap((line) => line.parts.map((part) => part.text)).join('\n')).slice(0, 2);
  return { text: words.askOrder, choices: [...known, ...(known.length > 0 ? [words.anotherNumber] : []), words.noNumber] };
}

/** What the message after the question is: `value` is the thing itself, `none` that they have none, else something different. */
export interface Answer {
  is: 'value' | 'none' | 'other';
  value?: string;
}

export function readAnswer(missing: Missing, { signals, turn }: Hearing): Answer {
  const { text } = turn.message;
  const value = missing === 'address' ? signals.addresses[0] : orderNumberInAnswer(text);
  if (value !== undefined) return { is: 'value', value };
  if (missing === 'address') return { is: isChoice(text, 'stayHere') ? 'none' : 'other' };
  return { is: signals.lacksNumber || isChoice(text, 'noNumber') || isChoice(text, 'anotherNumber') ? 'none' : 'other' };
}

/** "on Monday at 09:00", as the customer's own clock shows it where that is known. */
export function opensWhen(hearing: Hearing): string | undefined {
  const { opening, now, customerTimeZone } = hearing.turn;
  if (opening.opensAt === undefined) return undefined;
  return describeOpening({
    opensAt: opening.opensAt, now, language: hearing.language, timeZone: opening.timeZone,
    ...(customerTimeZone === undefined ? {} : { customerZone: customerTimeZone }),
  });
}
